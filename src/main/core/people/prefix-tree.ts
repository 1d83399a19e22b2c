/** Characters an address may begin with or go on with, before anything is known of the directory. */
export const BASE_ALPHABET = Array.from('abcdefghijklmnopqrstuvwxyz0123456789')
const ADDRESS_SIGNS = Array.from(".-_@'+")

/** No address is longer. */
const MAX_PREFIX_LENGTH = 320

/**
 * How much a letter counts that was never seen at its place, in letters seen: a little for itself, more where it often
 * follows the letter before it elsewhere. This only orders the work.
 */
const UNSEEN_COUNT = 0.02
const PAIR_COUNT = 10

/** A prefix to be asked. `weight`: its part of the whole directory, 0 to 1, as far as can be guessed. */
export interface PrefixNode {
  readonly prefix: string
  readonly weight: number
}

/**
 * The tree of prefixes that a directory is read by. A prefix is closed when an answer about it was whole; one that was cut
 * off is closed when each letter that may follow is. When everything is closed, nobody can be missing.
 */
export class PrefixTree {
  private readonly alphabet = new Set([...BASE_ALPHABET, ...ADDRESS_SIGNS])
  private readonly firstLetters = new Set(BASE_ALPHABET)
  private readonly expanded: PrefixNode[] = []
  /** How often a letter follows another, and how often any letter does (under the letter alone). */
  private readonly pairs = new Map<string, number>()
  private readonly waiting: PrefixNode[] = []
  private doneWeight = 0
  private isOrdered = true

  constructor() {
    for (const letter of BASE_ALPHABET) this.add({ prefix: letter, weight: 1 / BASE_ALPHABET.length })
  }

  /** The part of the directory that is read, 0 to 1. */
  get fractionDone(): number {
    return this.waiting.length === 0 ? 1 : Math.min(this.doneWeight, 1)
  }

  /** The prefix that promises most; null when none waits. */
  take(): PrefixNode | null {
    if (!this.isOrdered) {
      this.waiting.sort((a, b) => a.weight - b.weight)
      this.isOrdered = true
    }
    return this.waiting.pop() ?? null
  }

  /** Asks for a prefix once more. */
  putBack(node: PrefixNode): void {
    this.add(node)
  }

  /** An answer about this prefix was whole, or it was given up. */
  close(node: PrefixNode): void {
    this.doneWeight += node.weight
  }

  /**
   * An answer about this prefix was cut off: goes one letter deeper.
   * @param texts what is known to begin with the prefix; tells which letters follow, and how often
   * @returns false when the prefix cannot grow any more
   */
  expand(node: PrefixNode, texts: Iterable<string>): boolean {
    if (node.prefix.length >= MAX_PREFIX_LENGTH) return false
    const counts = new Map<string, number>()
    for (const text of texts) {
      const letter = letterAt(text, node.prefix.length)
      if (letter !== null) counts.set(letter, (counts.get(letter) ?? 0) + 1)
    }
    for (const letter of counts.keys()) this.learn(letter)
    this.expanded.push(node)
    const last = node.prefix.slice(-1)
    const chances = [...this.alphabet].map((letter) => ({
      letter,
      chance: (counts.get(letter) ?? 0) + this.chanceOf(last, letter),
    }))
    const total = chances.reduce((sum, { chance }) => sum + chance, 0)
    for (const { letter, chance } of chances) {
      this.add({ prefix: node.prefix + letter, weight: (node.weight * chance) / total })
    }
    return true
  }

  private chanceOf(last: string, letter: string): number {
    const pair = this.pairs.get(last + letter) ?? 0
    return UNSEEN_COUNT + (PAIR_COUNT * pair) / Math.max(1, this.pairs.get(last) ?? 0)
  }

  /** Takes the letters of a text into the alphabet; what was expanded before gets the new ones, too. */
  learnFrom(text: string): void {
    const first = letterAt(text, 0)
    if (first !== null && !this.firstLetters.has(first)) {
      this.firstLetters.add(first)
      this.add({ prefix: first, weight: 0 })
    }
    let last = ''
    for (const letter of text) {
      this.learn(letter)
      if (last !== '') {
        this.pairs.set(last + letter, (this.pairs.get(last + letter) ?? 0) + 1)
        this.pairs.set(last, (this.pairs.get(last) ?? 0) + 1)
      }
      last = letter
    }
  }

  private learn(letter: string): void {
    if (this.alphabet.has(letter)) return
    this.alphabet.add(letter)
    for (const { prefix } of this.expanded) this.add({ prefix: prefix + letter, weight: 0 })
  }

  private add(node: PrefixNode): void {
    this.waiting.push(node)
    this.isOrdered = false
  }
}

/** The whole character (not half of a surrogate pair) at a place; null past the end. */
function letterAt(text: string, index: number): string | null {
  const code = text.codePointAt(index)
  return code === undefined ? null : String.fromCodePoint(code)
}
