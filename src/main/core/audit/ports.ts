import type { AcceptedFinding } from '../../../shared/audit.ts'
import type { FindingCode } from '../../../shared/people.ts'
import type { Result } from '../../../shared/result.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'

/** Findings that somebody has accepted, of one account; kept outside its library, which may be rebuilt (F66). */
export interface AcceptedFindings {
  /** In the order in which they were accepted. */
  list(): AcceptedFinding[]
  listOf(address: SmtpAddress): readonly AcceptedFinding[]
  /** Adds these, in place of what was accepted of the same people before. Fails with `not-writable`. */
  accept(findings: readonly AcceptedFinding[]): Result<null>
  /** Answers how many there were. Fails with `not-writable`. */
  takeBack(addresses: readonly SmtpAddress[], finding: FindingCode): Result<number>
  /** Removes everything about these people. */
  forget(addresses: readonly SmtpAddress[]): void
}
