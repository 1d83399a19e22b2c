import type { AppError } from '../../../shared/errors.ts'
import type { Person } from '../../../shared/people.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { askPatiently, isFinalForAll } from './ask-patiently.ts'
import type { DirectorySource } from './ports.ts'
import { workAtMost } from './work-at-most.ts'

/** Everybody a distribution list reaches. */
export interface ListExpansion {
  /** Each once, nested lists' members included; lists themselves are not people. */
  readonly people: Person[]
  /** The lists that were read, the first included, and those that could not be. */
  readonly lists: readonly SmtpAddress[]
  readonly unread: readonly { readonly address: SmtpAddress; readonly error: AppError }[]
  /** Every list was read whole. */
  readonly isComplete: boolean
}

/** Lists asked for at the same time; the gate decides how many are really under way. */
const LISTS_AT_ONCE = 4

/** No organisation nests more lists in one; more of them is a server that makes them up. */
const MAX_LISTS = 5_000

/**
 * Expands a distribution list level by level, since ExpandDL does not. A list that contains itself, however far down, is
 * read once. Fails when the list itself cannot be read, or when asking on would be of no use.
 * @see protocol.md 3.3; F16
 */
export async function expandDistributionList(
  source: Pick<DirectorySource, 'expandList'>,
  address: SmtpAddress,
  signal: AbortSignal,
): Promise<Result<ListExpansion>> {
  const people = new Map<SmtpAddress, Person>()
  const seen = new Set<SmtpAddress>([address])
  const lists: SmtpAddress[] = []
  const unread: { address: SmtpAddress; error: AppError }[] = []
  let isComplete = true
  let level: SmtpAddress[] = [address]
  while (level.length > 0) {
    const next: SmtpAddress[] = []
    await workAtMost(level, LISTS_AT_ONCE, async (list) => {
      const answer = await askPatiently(() => source.expandList(list, signal), signal)
      if (answer.kind === 'failed') {
        unread.push({ address: list, error: answer.error })
        return
      }
      lists.push(list)
      if (!answer.isComplete) isComplete = false
      for (const member of answer.people) {
        if (member.kind !== 'list') people.set(member.address, member)
        else if (!seen.has(member.address) && seen.size < MAX_LISTS) {
          seen.add(member.address)
          next.push(member.address)
        } else if (!seen.has(member.address)) isComplete = false
      }
    })
    const failure = unread.find((one) => one.address === address || isFinalForAll(one.error))
    if (failure !== undefined) return fail(failure.error)
    level = next
  }
  return ok({ people: [...people.values()], lists, unread, isComplete: isComplete && unread.length === 0 })
}
