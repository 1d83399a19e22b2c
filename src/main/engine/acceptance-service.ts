import type { AcceptedFinding } from '../../shared/audit.ts'
import { FINDING_CODES, type FindingCode, type PhotoState, type Scope } from '../../shared/people.ts'
import { ok, type Result } from '../../shared/result.ts'
import type { Settings } from '../../shared/settings.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { splitFindings } from '../core/audit/accepted-findings.ts'
import { assessMailbox } from '../core/audit/expect-photo.ts'
import type { AcceptedFindings } from '../core/audit/ports.ts'
import type { Clock } from '../core/ports.ts'
import type { OpenedAccount } from './account-session.ts'

/** How many steps can be taken back. */
const MOST_STEPS = 50
/** People whose rows are brought up to date before the answer; more follow by themselves. */
const PEOPLE_AT_ONCE = 1_000

export interface AcceptanceServiceDeps {
  session(): Result<OpenedAccount>
  settings(): Settings
  readonly clock: Clock
}

/** How many people it was, and what `undo` knows the step by; null: nothing was changed. */
export interface AcceptanceStep {
  readonly people: number
  readonly step: number | null
}

/** Accepting findings, and taking that back (F66). Each fails with `not-connected`. */
export interface AcceptanceService {
  read(address: SmtpAddress): Result<{ state: PhotoState; open: FindingCode[]; accepted: AcceptedFinding[] }>
  /** At how many in scope each finding is open and accepted; only those that are either. */
  count(scope: Scope): Result<{ finding: FindingCode; open: number; accepted: number }[]>
  /** At whom in scope the finding is open. Fails with `not-writable`. */
  accept(input: { scope: Scope } & Pick<AcceptedFinding, 'finding' | 'reason' | 'untilMs'>): Result<AcceptanceStep>
  takeBack(input: { scope: Scope; finding: FindingCode }): Result<AcceptanceStep>
  /** Makes one of the last steps undone, once: what was taken back is as it was accepted, where it is still found. */
  undo(step: number): Result<{ people: number }>
}

type Step = { readonly of: AcceptedFindings; readonly finding: FindingCode } & (
  | { readonly kind: 'accepted'; readonly people: readonly SmtpAddress[] }
  | { readonly kind: 'taken-back'; readonly before: readonly AcceptedFinding[] }
)

export function createAcceptanceService({ session, settings, clock }: AcceptanceServiceDeps): AcceptanceService {
  const steps = new Map<number, Step>()
  let lastStep = 0

  function remember(step: Step): number {
    lastStep += 1
    steps.set(lastStep, step)
    steps.delete(lastStep - MOST_STEPS)
    return lastStep
  }

  function judge({ photos, accepted, index }: OpenedAccount, address: SmtpAddress) {
    const records = photos.listForPerson(address).map(({ record }) => record)
    const kind = index.row(address)?.kind ?? 'person'
    const { state, findings } = assessMailbox(kind, records, settings().audit)
    return { state, ...splitFindings(findings, accepted.listOf(address), clock.nowMs()) }
  }

  /** The index knows it of everybody in the directory, without reading. */
  function openOf(opened: OpenedAccount, address: SmtpAddress): readonly FindingCode[] {
    return opened.index.row(address)?.photo.findings ?? judge(opened, address).open
  }

  function tell({ teller }: OpenedAccount, addresses: readonly SmtpAddress[]): void {
    for (const address of addresses) teller.judgedAnew(address)
    if (addresses.length <= PEOPLE_AT_ONCE) teller.flush()
  }

  /** Those of these people at whom the finding is accepted, as it was accepted. */
  function listAccepted({ accepted }: OpenedAccount, people: readonly SmtpAddress[], wanted: FindingCode) {
    return people.flatMap((address) => accepted.listOf(address).filter(({ finding }) => finding === wanted))
  }

  return {
    read(address) {
      const opened = session()
      return opened.ok ? ok(judge(opened.value, address)) : opened
    },
    count(scope) {
      const opened = session()
      if (!opened.ok) return opened
      const counts = new Map(FINDING_CODES.map((finding) => [finding, { finding, open: 0, accepted: 0 }]))
      const add = (finding: FindingCode, key: 'open' | 'accepted') => {
        const one = counts.get(finding)
        if (one !== undefined) one[key] += 1
      }
      for (const address of opened.value.resolveScope(scope)) {
        for (const finding of openOf(opened.value, address)) add(finding, 'open')
        if (opened.value.accepted.listOf(address).length === 0) continue
        for (const { finding } of judge(opened.value, address).accepted) add(finding, 'accepted')
      }
      return ok([...counts.values()].filter(({ open, accepted }) => open + accepted > 0))
    },
    accept({ scope, finding, reason, untilMs }) {
      const opened = session()
      if (!opened.ok) return opened
      const { accepted, account, resolveScope } = opened.value
      const people = resolveScope(scope).filter((address) => openOf(opened.value, address).includes(finding))
      if (people.length === 0) return ok({ people: 0, step: null })
      const facts = { finding, reason, untilMs, by: account.address, acceptedMs: clock.nowMs() }
      const kept = accepted.accept(people.map((address) => ({ address, ...facts })))
      tell(opened.value, people)
      if (!kept.ok) return kept
      return ok({ people: people.length, step: remember({ kind: 'accepted', of: accepted, finding, people }) })
    },
    takeBack({ scope, finding }) {
      const opened = session()
      if (!opened.ok) return opened
      const { accepted } = opened.value
      const before = listAccepted(opened.value, opened.value.resolveScope(scope), finding)
      if (before.length === 0) return ok({ people: 0, step: null })
      const people = before.map(({ address }) => address)
      const taken = accepted.takeBack(people, finding)
      tell(opened.value, people)
      if (!taken.ok) return taken
      return ok({ people: taken.value, step: remember({ kind: 'taken-back', of: accepted, finding, before }) })
    },
    undo(id) {
      const opened = session()
      if (!opened.ok) return opened
      const { accepted } = opened.value
      const step = steps.get(id)
      if (step === undefined || step.of !== accepted) return ok({ people: 0 })
      steps.delete(id)
      if (step.kind === 'accepted') {
        const taken = accepted.takeBack(step.people, step.finding)
        tell(opened.value, step.people)
        return taken.ok ? ok({ people: taken.value }) : taken
      }
      // Whoever was forgotten meanwhile stays forgotten.
      const again = step.before.filter(({ address }) => openOf(opened.value, address).includes(step.finding))
      const kept = accepted.accept(again)
      tell(
        opened.value,
        again.map(({ address }) => address),
      )
      return kept.ok ? ok({ people: again.length }) : kept
    },
  }
}
