import type { AppError } from '../../../shared/errors.ts'
import type { Person } from '../../../shared/people.ts'
import type { DirectoryAnswer, DirectorySource } from './ports.ts'
import { type PrefixNode, PrefixTree } from './prefix-tree.ts'

/** How far the reading is. `fractionDone` is 0 to 1 and never falls. */
export interface DirectoryProgress {
  readonly requests: number
  readonly people: number
  readonly fractionDone: number
}

export interface ReadDirectoryOptions {
  /** Waits by itself when the server is busy: a question that failed is simply asked again. */
  readonly source: DirectorySource
  readonly signal: AbortSignal
  /** Called with people seen for the first time. */
  readonly onPeople: (people: readonly Person[]) => void
  readonly onProgress: (progress: DirectoryProgress) => void
  /** Requests at the same time, at most. */
  readonly concurrency: number
}

/**
 * `isComplete`: every prefix was closed by a whole answer, so nobody can be missing whose address is made of a to z,
 * digits, the usual signs, and whatever other letters were seen in addresses.
 */
export type ReadDirectoryOutcome =
  | { readonly kind: 'done'; readonly requests: number; readonly isComplete: boolean }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: AppError }

/**
 * Reads the whole directory by prefix narrowing over ResolveNames: an answer that was cut off is asked again one letter
 * deeper. Everybody has an address, and addresses are unique and mostly Latin, so the tree is one of addresses, whatever
 * script the names are in.
 *
 * The first letters are asked plainly, because names then teach as well as addresses; deeper ones with the routing prefix
 * `smtp:`, which leaves out names and, above all, offices that hundreds share. Where a server does not know that prefix,
 * everything is asked plainly.
 * @see protocol.md 3.1, 3.4; F13, F14
 */
export async function readDirectory(options: ReadDirectoryOptions): Promise<ReadDirectoryOutcome> {
  return new Reading(options).run()
}

/** Times one question is asked before it is given up. */
const MAX_TRIES = 5

/** Questions given up one after the other that end the reading: the server is not well. */
const MAX_LOST_IN_A_ROW = 3

/** How a prefix of more than one letter is asked. */
type Route = 'plain' | 'smtp'

type PeopleAnswer = Extract<DirectoryAnswer, { kind: 'people' }>

class Reading {
  private readonly options: ReadDirectoryOptions
  private readonly tree = new PrefixTree()
  private readonly known = new Map<string, Person>()
  private route: Route = 'smtp'
  private isRouteProven = false
  /** Prefixes with an empty answer that may only mean that the routing prefix is not understood. */
  private readonly doubtful: PrefixNode[] = []
  private requests = 0
  private fractionDone = 0
  private isComplete = true
  private lostInARow = 0
  private end: ReadDirectoryOutcome | null = null
  private active = 0
  private wake: (() => void) | null = null

  constructor(options: ReadDirectoryOptions) {
    this.options = options
  }

  async run(): Promise<ReadDirectoryOutcome> {
    const workers = Array.from({ length: Math.max(1, this.options.concurrency) }, () => this.work())
    await Promise.all(workers)
    return this.end ?? { kind: 'done', requests: this.requests, isComplete: this.isComplete }
  }

  /** Takes prefixes until none is left and no other worker can bring new ones. */
  private async work(): Promise<void> {
    while (this.end === null) {
      const node = this.tree.take()
      if (node !== null) {
        this.active += 1
        await this.visit(node)
        this.active -= 1
        this.wakeAll()
      } else if (this.active > 0) {
        await this.untilWoken()
      } else if (this.doubtful.length > 0) {
        this.askPlainly()
      } else {
        return
      }
    }
  }

  private async visit(node: PrefixNode): Promise<void> {
    const isFirst = Array.from(node.prefix).length === 1
    const isPlain = isFirst || this.route === 'plain'
    const plain = isPlain ? await this.ask(node.prefix) : null
    if (plain !== null) this.remember(plain.people)
    const isCutByNames = plain?.isComplete === false && this.route === 'smtp'
    if (isPlain && !isCutByNames) this.settle(node, plain)
    else await this.visitAddresses(node)
    this.tellProgress()
  }

  /** Asks for addresses only. Until an answer shows that the server understands that, an empty one settles nothing. */
  private async visitAddresses(node: PrefixNode): Promise<void> {
    const answer = await this.ask(`smtp:${node.prefix}`)
    if (this.isRouteProven || answer === null) return this.settle(node, answer)
    if (this.route === 'plain') return this.tree.putBack(node)
    this.remember(answer.people)
    if (answer.isComplete && this.isMissingSomebody(node.prefix, answer.people)) {
      this.tree.putBack(node)
      return this.askPlainly()
    }
    if (answer.people.length === 0) {
      this.doubtful.push(node)
      return
    }
    this.isRouteProven = true
    for (const proven of this.doubtful.splice(0)) this.tree.close(proven)
    this.settle(node, answer)
  }

  /** The server does not understand the routing prefix: what it seemed to say is asked again, without. */
  private askPlainly(): void {
    this.route = 'plain'
    for (const node of this.doubtful.splice(0)) this.tree.putBack(node)
  }

  private settle(node: PrefixNode, answer: PeopleAnswer | null): void {
    if (answer !== null) this.remember(answer.people)
    if (answer?.isComplete === false && this.tree.expand(node, this.textsBelow(node.prefix))) return
    if (answer?.isComplete === false) this.isComplete = false
    this.tree.close(node)
  }

  /** Asks until there is an answer; null when it was given up, or when the reading has ended. */
  private async ask(text: string): Promise<PeopleAnswer | null> {
    for (let tries = 0; tries < MAX_TRIES && this.end === null; tries++) {
      if (this.options.signal.aborted) return this.finish({ kind: 'cancelled' })
      this.requests += 1
      const answer = await this.options.source.resolveNames(text, this.options.signal)
      if (answer.kind === 'people') {
        this.lostInARow = 0
        return answer
      }
      if (this.options.signal.aborted || answer.error.code === 'cancelled') return this.finish({ kind: 'cancelled' })
      if (!isWorthAnotherTry(answer.error)) return this.finish({ kind: 'failed', error: answer.error })
      if (tries === MAX_TRIES - 1) this.lose(answer.error)
    }
    return null
  }

  private lose(error: AppError): void {
    this.isComplete = false
    this.lostInARow += 1
    if (this.lostInARow >= MAX_LOST_IN_A_ROW) this.finish({ kind: 'failed', error })
  }

  private finish(outcome: ReadDirectoryOutcome): null {
    this.end ??= outcome
    return null
  }

  private remember(people: readonly Person[]): void {
    const fresh: Person[] = []
    for (const person of people) {
      if (this.known.has(person.address)) continue
      this.known.set(person.address, person)
      this.tree.learnFrom(person.address)
      fresh.push(person)
    }
    if (fresh.length > 0) this.options.onPeople(fresh)
  }

  /** Somebody known has an address that begins so, but a whole answer leaves them out: the routing prefix is not understood. */
  private isMissingSomebody(prefix: string, people: readonly Person[]): boolean {
    const found = new Set<string>(people.map((person) => person.address))
    for (const address of this.known.keys()) {
      if (address.startsWith(prefix) && !found.has(address)) return true
    }
    return false
  }

  private *textsBelow(prefix: string): Iterable<string> {
    for (const address of this.known.keys()) {
      if (address.startsWith(prefix)) yield address
    }
  }

  private tellProgress(): void {
    this.fractionDone = Math.max(this.fractionDone, this.tree.fractionDone)
    this.options.onProgress({ requests: this.requests, people: this.known.size, fractionDone: this.fractionDone })
  }

  private untilWoken(): Promise<void> {
    return new Promise((resolve) => {
      const previous = this.wake
      this.wake = () => {
        previous?.()
        resolve()
      }
    })
  }

  private wakeAll(): void {
    const wake = this.wake
    this.wake = null
    wake?.()
  }
}

/** Whether the same question may be answered next time. */
function isWorthAnotherTry(error: AppError): boolean {
  return error.code === 'throttled' || error.code === 'unreachable' || error.code === 'unexpected-answer'
}
