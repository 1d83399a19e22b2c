import type { AppError } from '../../../shared/errors.ts'
import type { Person } from '../../../shared/people.ts'
import { askPatiently, isFinalForAll } from './ask-patiently.ts'
import type { PeoplePageAnswer } from './ports.ts'
import { BASE_ALPHABET } from './prefix-tree.ts'
import type { ReadDirectoryOptions } from './read-directory.ts'
import { workAtMost } from './work-at-most.ts'

/**
 * `unusable`: this server does not page, or its pages leave somebody out; what came is kept, and the directory has to be read
 * otherwise.
 */
export type PagedReadOutcome =
  | { readonly kind: 'done'; readonly requests: number }
  | { readonly kind: 'unusable'; readonly requests: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: AppError }

/** Entries of a page: what Exchange gives at most where there is a query (EWSFindCountLimit, protocol.md 5). */
const PAGE_SIZE = 250

/** Servers are known to stop at 100 or at the page's size, and to count no further. */
const SUSPICIOUS_COUNT = 100

/** Times one page is asked for. */
const MAX_TRIES = 5

/** No more letters are learnt from names than this: an organisation's names begin with a few hundred. */
const MAX_LETTERS = 400

/**
 * Reads the whole directory by FindPeople, letter by letter, each to its last page. A page is trusted only as far as it proves
 * itself: it must bring new entries until the count is reached, and afterwards nobody whom ResolveNames names may be missing.
 * Letters are learnt from the addresses and names that are seen, in any script.
 * @see protocol.md 3.2, 3.4
 */
export async function readDirectoryByPages(options: ReadDirectoryOptions): Promise<PagedReadOutcome> {
  return new PagedReading(options).run()
}

class PagedReading {
  private readonly options: ReadDirectoryOptions
  private readonly known = new Set<string>()
  private readonly letters = new Set<string>(BASE_ALPHABET)
  private requests = 0
  private isCountTrusted = true
  private end: PagedReadOutcome | null = null

  constructor(options: ReadDirectoryOptions) {
    this.options = options
  }

  async run(): Promise<PagedReadOutcome> {
    const asked = new Set<string>()
    // The first letter alone: where pages are not to be had, that is one request.
    for (let wave = [...BASE_ALPHABET].slice(0, 1); wave.length > 0 && this.end === null; ) {
      for (const letter of wave) asked.add(letter)
      await workAtMost(wave, this.options.concurrency, async (letter) => {
        if (this.end === null) await this.readLetter(letter)
        this.tellProgress(asked.size)
      })
      wave = [...this.letters].filter((letter) => !asked.has(letter))
    }
    if (this.end === null) await workAtMost(BASE_ALPHABET, this.options.concurrency, (letter) => this.verify(letter))
    return this.end ?? { kind: 'done', requests: this.requests }
  }

  private async readLetter(letter: string): Promise<void> {
    let last = ''
    for (let offset = 0; this.end === null; ) {
      const page = await this.ask(letter, offset)
      if (page === null) return
      this.remember(page.people)
      offset += page.loaded
      const total = this.isCountTrusted ? page.total : null
      if (page.loaded === 0 && total === null) return
      if (total !== null && offset >= total && (await this.isReallyAll(letter, offset, page.loaded))) return
      // The same page again, or an empty one before the count is reached: offsets mean nothing to this server.
      const content = page.people.map((person) => person.address).join(' ')
      if (page.loaded === 0 || content === last) {
        this.giveUp()
        return
      }
      last = content
    }
  }

  /** A count that is no more than the page may be the page's own; one more question tells, the first time. */
  private async isReallyAll(letter: string, offset: number, loaded: number): Promise<boolean> {
    if (offset > loaded || loaded < SUSPICIOUS_COUNT) return true
    const next = await this.ask(letter, offset)
    if (next === null || next.loaded === 0) return true
    this.isCountTrusted = false
    return false
  }

  private async ask(letter: string, offset: number): Promise<Extract<PeoplePageAnswer, { kind: 'page' }> | null> {
    const { source, signal } = this.options
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      if (signal.aborted) break
      this.requests += 1
      const answer = (await source.findPeople?.(letter, offset, PAGE_SIZE, signal)) ?? null
      if (answer?.kind === 'page') return answer
      if (answer === null) break
      if (answer.error.code === 'cancelled' || isFinalForAll(answer.error)) return this.fail(answer.error)
      if (answer.error.code !== 'throttled' && answer.error.code !== 'unreachable') break
    }
    if (signal.aborted) return this.finish({ kind: 'cancelled' })
    return this.giveUp()
  }

  /** Everybody whom ResolveNames names for a letter must be known. */
  private async verify(letter: string): Promise<void> {
    if (this.end !== null) return
    const { source, signal } = this.options
    const answer = await askPatiently(() => {
      this.requests += 1
      return source.resolveNames(letter, signal)
    }, signal)
    if (answer.kind === 'failed') {
      if (isFinalForAll(answer.error)) this.fail(answer.error)
      return
    }
    const missing = answer.people.filter((person) => !this.known.has(person.address))
    this.remember(missing)
    if (missing.length > 0) this.giveUp()
  }

  private remember(people: readonly Person[]): void {
    const fresh = people.filter((person) => !this.known.has(person.address))
    for (const person of fresh) {
      this.known.add(person.address)
      for (const text of [person.address, person.displayName, person.givenName, person.surname]) this.learnFrom(text)
    }
    if (fresh.length > 0) this.options.onPeople(fresh)
  }

  /** Diacritics do not count for the server: `Å` is asked as `a`. */
  private learnFrom(text: string): void {
    const code = text.normalize('NFD').toLowerCase().trim().codePointAt(0)
    const letter = code === undefined ? '' : String.fromCodePoint(code)
    if (/^[\p{L}\p{N}_'-]$/u.test(letter) && this.letters.size < MAX_LETTERS) this.letters.add(letter)
  }

  private fail(error: AppError): null {
    return this.finish(error.code === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', error })
  }

  private giveUp(): null {
    return this.finish({ kind: 'unusable', requests: this.requests })
  }

  private finish(outcome: PagedReadOutcome): null {
    this.end ??= outcome
    return null
  }

  private tellProgress(asked: number): void {
    const fractionDone = Math.min(0.99, asked / (this.letters.size + 1))
    this.options.onProgress({ requests: this.requests, people: this.known.size, fractionDone })
  }
}
