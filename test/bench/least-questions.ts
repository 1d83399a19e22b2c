import type { DemoPerson } from '../../src/main/demo/demo-types.ts'
import { foldForDirectory } from '../../src/main/demo/organisation/create-directory-search.ts'

/** The longest answer of ResolveNames (entries). */
const LIMIT = 100

/** A kind of question is told from the others by how its text begins, or by the blank between two names. */
const KINDS: readonly { readonly questions: string; readonly isOne: (question: string) => boolean }[] = [
  { questions: 'addresses only', isOne: (question) => question.startsWith('smtp:') },
  {
    questions: 'names, offices and addresses',
    isOne: (question) => !question.startsWith('smtp:') && !question.includes(' '),
  },
  { questions: 'all of these and pairs of names', isOne: () => true },
]

/**
 * How few whole answers of ResolveNames bring everybody, for somebody who knows the directory already and need not prove that
 * nobody else is there. Greedy: the answer that brings most comes next. No reading can be expected to be cheaper.
 */
export function leastQuestions(people: readonly DemoPerson[]): { questions: string; least: number }[] {
  const answers = answersOf(people)
  return KINDS.map(({ questions, isOne }) => {
    const whole = [...answers].filter(([question, found]) => found.size <= LIMIT && isOne(question))
    const least = coverGreedily(
      people.length,
      whole.map(([, found]) => found),
    )
    return { questions, least }
  })
}

/** Who is found by each question that finds somebody. */
function answersOf(people: readonly DemoPerson[]): Map<string, Set<number>> {
  const answers = new Map<string, Set<number>>()
  people.forEach((person, index) => {
    for (const question of questionsFor(person)) {
      const found = answers.get(question)
      if (found === undefined) answers.set(question, new Set([index]))
      else found.add(index)
    }
  })
  return answers
}

/** Every question that has this person in its answer, up to a length at which it has nobody else. */
function* questionsFor({ address, displayName, givenName, surname, office }: DemoPerson): Iterable<string> {
  for (const prefix of prefixesOf(address, 25)) yield `smtp:${prefix}`
  const [given, family] = [foldForDirectory(givenName), foldForDirectory(surname)]
  const words = foldForDirectory(displayName).split(/[\s()]+/)
  for (const word of new Set([...words, given, family, foldForDirectory(office), address])) yield* prefixesOf(word, 14)
  for (const first of prefixesOf(given, 8)) {
    for (const second of prefixesOf(family, 5)) yield first < second ? `${first} ${second}` : `${second} ${first}`
  }
}

function* prefixesOf(text: string, longest: number): Iterable<string> {
  let prefix = ''
  for (const letter of text.slice(0, longest)) {
    prefix += letter
    yield prefix
  }
}

/** How many sets it takes to have all of 0 to `count` - 1, the one with most new ones next. */
function coverGreedily(count: number, sets: readonly ReadonlySet<number>[]): number {
  const left = new Set(Array.from({ length: count }, (_, index) => index))
  const bySize: ReadonlySet<number>[][] = Array.from({ length: LIMIT + 1 }, () => [])
  for (const set of sets) bySize[set.size]?.push(set)
  let taken = 0
  for (let size = LIMIT; size > 0; ) {
    const set = bySize[size]?.pop()
    if (set === undefined) {
      size -= 1
      continue
    }
    const fresh = [...set].filter((index) => left.has(index))
    if (fresh.length === size) {
      taken += 1
      for (const index of fresh) left.delete(index)
    } else bySize[fresh.length]?.push(set)
  }
  return taken
}
