import type { AuditRow } from '../../shared/audit.ts'
import type { JobId } from '../../shared/jobs.ts'
import type { Scope } from '../../shared/people.ts'
import type { SyncEstimate } from '../../shared/photos.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Settings } from '../../shared/settings.ts'
import { DIRECTORY_SIZE_CODE, LARGEST_SIZE_CODE, type SizeCode } from '../../shared/size-codes.ts'
import { splitFindings } from '../core/audit/accepted-findings.ts'
import { auditCsv, auditFileStem } from '../core/audit/audit-csv.ts'
import { auditRow } from '../core/audit/audit-rows.ts'
import { unknownPerson } from '../core/audit/unknown-person.ts'
import { createNameGiver } from '../core/export/file-names.ts'
import type { ExportSinkFactory } from '../core/export/ports.ts'
import type { JobRunner } from '../core/jobs/ports.ts'
import type { Clock } from '../core/ports.ts'
import type { ExportTargets } from './export-targets.ts'
import type { AccountSession } from './session-types.ts'
import { startSyncJob } from './sync-jobs.ts'

export { auditCsv } from '../core/audit/audit-csv.ts'
export { type AuditCounts, countAudit } from '../core/audit/audit-rows.ts'
export { FINDING_WORDS, STATE_WORDS } from '../core/audit/audit-words.ts'

/** What the checks need of everybody: the largest picture, and the directory's to compare it with. */
export const AUDIT_SIZE_CODES: readonly SizeCode[] = [DIRECTORY_SIZE_CODE, LARGEST_SIZE_CODE]

export interface AuditServiceDeps {
  session(): AccountSession | null
  readonly jobs: JobRunner
  readonly sinks: ExportSinkFactory
  readonly targets: ExportTargets
  settings(): Settings
  readonly clock: Clock
}

/** The contract's `audit`, and the rows for a command line. */
export interface AuditService {
  /** What the job would cost, about. Fails with `not-connected`. */
  estimate(input: { scope: Scope }): Result<SyncEstimate>
  /** Starts the job that asks for what is due. Fails with `not-connected`. */
  start(input: { scope: Scope }): Result<JobId>
  /** Everybody in scope as the library knows them, in the scope's order. Asks nobody. Fails with `not-connected`. */
  listRows(scope: Scope): Result<AuditRow[]>
  /** Writes the rows as `rollcall-audit-YYYY-MM-DD.csv`, numbered when that is taken. Fails with `not-writable`. */
  saveCsv(input: { scope: Scope; targetToken: string }): Promise<Result<{ file: string; rows: number }>>
}

export function createAuditService(deps: AuditServiceDeps): AuditService {
  function listRows(scope: Scope): Result<AuditRow[]> {
    const session = deps.session()
    if (session === null) return fail({ code: 'not-connected' })
    return ok(listAuditRows(session, scope, deps.settings(), deps.clock.nowMs()))
  }

  return {
    estimate({ scope }) {
      const session = deps.session()
      if (session === null) return fail({ code: 'not-connected' })
      const addresses = session.resolveScope(scope)
      return ok(session.estimateSync({ addresses, sizeCodes: AUDIT_SIZE_CODES, ask: 'stale' }))
    },
    start({ scope }) {
      const session = deps.session()
      if (session === null) return fail({ code: 'not-connected' })
      const id = startSyncJob(deps.jobs, session, { kind: 'audit', ask: 'stale', sizeCodes: AUDIT_SIZE_CODES, scope })
      return ok(id)
    },
    listRows,
    async saveCsv({ scope, targetToken }) {
      const folder = deps.targets.findFolder(targetToken)
      if (!folder.ok) return folder
      const rows = listRows(scope)
      if (!rows.ok) return rows
      const file = await writeAlone(deps.sinks, folder.value, auditFileStem(deps.clock.nowMs()), auditCsv(rows.value))
      return file.ok ? ok({ file: file.value, rows: rows.value.length }) : file
    },
  }
}

/** Everybody in scope, as the library knows them; an address that the directory has not told about is a person all the same. */
export function listAuditRows(session: AccountSession, scope: Scope, settings: Settings, nowMs: number): AuditRow[] {
  return session.resolveScope(scope).map((address) => {
    const records = session.photos.listForPerson(address).map((held) => held.record)
    const person = session.people.find(address) ?? unknownPerson(address)
    return auditRow(person, records, settings.audit, (found) =>
      splitFindings(found, session.accepted.listOf(address), nowMs),
    )
  })
}

/** Writes one CSV file into a folder, whole or not at all; answers its name. */
async function writeAlone(
  sinks: ExportSinkFactory,
  folder: string,
  stem: string,
  text: string,
): Promise<Result<string>> {
  const sink = await sinks.open(folder)
  if (!sink.ok) return sink
  let isKept = false
  try {
    const taken = Array.from(await sink.value.listTaken(), (file) => file.replace(/\.csv$/i, ''))
    const file = `${createNameGiver(taken).give([stem])}.csv`
    const written = await sink.value.write(file, new TextEncoder().encode(text))
    const end = written.ok ? await sink.value.commit() : written
    isKept = end.ok
    return end.ok ? ok(file) : end
  } finally {
    if (!isKept) await sink.value.discard()
  }
}
