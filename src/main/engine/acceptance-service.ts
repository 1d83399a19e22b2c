import type { AcceptedFinding } from '../../shared/audit.ts'
import type { FindingCode, PhotoState, Scope } from '../../shared/people.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Settings } from '../../shared/settings.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { splitFindings } from '../core/audit/accepted-findings.ts'
import { assessMailbox } from '../core/audit/expect-photo.ts'
import type { Clock } from '../core/ports.ts'
import type { OpenedAccount } from './account-session.ts'

export interface AcceptanceServiceDeps {
  session(): Result<OpenedAccount>
  settings(): Settings
  readonly clock: Clock
}

/** Accepting findings, and taking that back (F66). Each fails with `not-connected`. */
export interface AcceptanceService {
  read(address: SmtpAddress): Result<{ state: PhotoState; open: FindingCode[]; accepted: AcceptedFinding[] }>
  /** At whom in scope the finding is open. Fails with `not-writable`. */
  accept(input: { scope: Scope } & Pick<AcceptedFinding, 'finding' | 'reason' | 'untilMs'>): Result<{ people: number }>
  takeBack(input: { scope: Scope; finding: FindingCode }): Result<{ people: number }>
}

export function createAcceptanceService({ session, settings, clock }: AcceptanceServiceDeps): AcceptanceService {
  function judge({ photos, accepted, index }: OpenedAccount, address: SmtpAddress) {
    const records = photos.listForPerson(address).map(({ record }) => record)
    const kind = index.row(address)?.kind ?? 'person'
    const { state, findings } = assessMailbox(kind, records, settings().audit)
    return { state, ...splitFindings(findings, accepted.listOf(address), clock.nowMs()) }
  }

  function tell({ teller }: OpenedAccount, addresses: readonly SmtpAddress[]): void {
    for (const address of addresses) teller.judgedAnew(address)
    teller.flush()
  }

  return {
    read(address) {
      const opened = session()
      return opened.ok ? ok(judge(opened.value, address)) : opened
    },
    accept({ scope, finding, reason, untilMs }) {
      const opened = session()
      if (!opened.ok) return opened
      const { accepted, account, resolveScope } = opened.value
      const people = resolveScope(scope).filter((address) => judge(opened.value, address).open.includes(finding))
      const facts = { finding, reason, untilMs, by: account.address, acceptedMs: clock.nowMs() }
      const kept = accepted.accept(people.map((address) => ({ address, ...facts })))
      tell(opened.value, people)
      return kept.ok ? ok({ people: people.length }) : kept
    },
    takeBack({ scope, finding }) {
      const opened = session()
      if (!opened.ok) return opened
      const people = opened.value.resolveScope(scope)
      const taken = opened.value.accepted.takeBack(people, finding)
      tell(opened.value, people)
      return taken.ok ? ok({ people: taken.value }) : taken
    },
  }
}
