import type { ExportPlan, ExportTarget } from '../../shared/contract/exports.ts'
import type { ExportSize } from '../../shared/export-size.ts'
import type { JobId } from '../../shared/jobs.ts'
import type { Scope } from '../../shared/people.ts'
import type { PhotoRecord } from '../../shared/photos.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Settings } from '../../shared/settings.ts'
import { LARGEST_SIZE_CODE } from '../../shared/size-codes.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { assessPhoto } from '../core/audit/assess-photo.ts'
import { pictureExtension } from '../core/export/picture-extension.ts'
import { type NamedPerson, planExport } from '../core/export/plan-export.ts'
import type { ExportSinkFactory, PictureResizer } from '../core/export/ports.ts'
import { runExport } from '../core/export/run-export.ts'
import type { JobContext, JobEnd, JobRunner } from '../core/jobs/ports.ts'
import type { ExportTargets } from './export-targets.ts'
import type { HostCapabilities } from './host-ports.ts'
import type { AccountSession } from './session-types.ts'

/** How many names a plan shows. */
const SAMPLE_NAMES = 5

export interface ExportServiceDeps {
  session(): AccountSession | null
  readonly jobs: JobRunner
  readonly sinks: ExportSinkFactory
  readonly targets: ExportTargets
  readonly resizer: PictureResizer
  settings(): Settings
  readonly host: Pick<HostCapabilities, 'revealFolder'>
}

/** The contract's `exports`. */
export interface ExportService {
  chooseTarget(): Promise<ExportTarget | null>
  /** What an export would do. Writes nothing, asks nobody. Fails with `not-connected`. */
  plan(input: { scope: Scope; size: ExportSize }): Result<ExportPlan>
  /** Starts the job. Fails with `not-connected`, or `unknown-reference` for a folder that was not chosen. */
  start(input: { scope: Scope; size: ExportSize; targetToken: string }): Result<JobId>
  /** Shows the folder of an export. Fails with `unknown-reference` for a job that is not, or no longer, known. */
  reveal(input: { jobId: JobId }): Promise<Result<boolean>>
}

export function createExportService(deps: ExportServiceDeps): ExportService {
  return {
    chooseTarget: () => deps.targets.choose(),
    plan({ scope, size }) {
      const session = deps.session()
      return session === null
        ? fail({ code: 'not-connected' })
        : ok(describePlan(session, scope, size, deps.settings()))
    },
    start({ scope, size, targetToken }) {
      const session = deps.session()
      if (session === null) return fail({ code: 'not-connected' })
      const folder = deps.targets.findFolder(targetToken)
      if (!folder.ok) return folder
      const work = (context: JobContext) => exportPhotos(deps, session, { scope, size, folder: folder.value }, context)
      return ok(deps.jobs.start('export', work))
    },
    async reveal({ jobId }) {
      const result = deps.jobs.find(jobId)?.result
      if (result?.kind !== 'export') return fail({ code: 'unknown-reference', what: 'The export' })
      return ok(await deps.host.revealFolder(result.folder))
    },
  }
}

function namedPeople(session: AccountSession, addresses: readonly SmtpAddress[]): NamedPerson[] {
  return addresses.map((address) => session.people.find(address) ?? { address })
}

function describePlan(session: AccountSession, scope: Scope, size: ExportSize, settings: Settings): ExportPlan {
  const addresses = session.resolveScope(scope)
  const recordsOf = (address: SmtpAddress) => session.photos.listForPerson(address).map((held) => held.record)
  const isWithoutPhoto = (address: SmtpAddress) => {
    const known = session.index.row(address)?.photo.state
    // Nobody expects a list to have one; whether the server was asked is another question.
    if (known !== undefined && known !== 'not-expected') return known === 'none'
    return assessPhoto(recordsOf(address), settings.audit).state === 'none'
  }
  const withPhoto = addresses.filter((address) => !isWithoutPhoto(address))
  // Only of people who will have a file.
  const sample = planExport(namedPeople(session, withPhoto.slice(0, SAMPLE_NAMES)), [])
  return {
    people: addresses.length,
    withoutPhoto: addresses.length - withPhoto.length,
    sampleNames: sample.map((item) => item.stem + expectedExtension(recordsOf(item.address), size)),
  }
}

/** What the file will end in, as far as it can be known now; nearly every photo is a JPEG. */
function expectedExtension(records: readonly PhotoRecord[], size: ExportSize): string {
  const sizeCode = size.kind === 'size-code' ? size.sizeCode : LARGEST_SIZE_CODE
  const held = records.find((record) => record.sizeCode === sizeCode)
  const isPassedOn = size.kind === 'size-code' || (held?.widthPx ?? Number.POSITIVE_INFINITY) <= size.widthPx
  return pictureExtension(isPassedOn ? (held?.format ?? 'jpeg') : 'jpeg')
}

/** The work of one export job. Whom it is about and under which names is settled once, at its start. */
async function exportPhotos(
  deps: ExportServiceDeps,
  session: AccountSession,
  { scope, size, folder }: { scope: Scope; size: ExportSize; folder: string },
  context: JobContext,
): Promise<JobEnd> {
  const addresses = session.resolveScope(scope)
  context.setTotal(addresses.length)
  const sink = await deps.sinks.open(folder)
  if (!sink.ok) return { error: sink.error }
  const end = await runExport({
    people: namedPeople(session, addresses),
    size,
    shelf: {
      photos: session.photos,
      resizer: deps.resizer,
      async ensurePhoto(address, sizeCode, { isForced }) {
        await context.pause.whenResumed()
        return session.ensurePhoto(address, sizeCode, { priority: 'background', signal: context.signal, isForced })
      },
    },
    sink: sink.value,
    concurrency: deps.settings().library.concurrency,
    context,
  })
  return end.ok ? { result: { kind: 'export', files: end.value.files, folder } } : { error: end.error }
}
