import type { FactMatch, PersonRow } from '../../../shared/people.ts'

/** What a tile's second line says, and what a search matched in it. */
export interface SecondLine {
  readonly text: string
  readonly match: FactMatch | undefined
}

/**
 * The second line: the usual fact; or, when a search found the person by something that neither the name nor that fact shows,
 * all that it matched.
 */
export function secondLineOf(row: PersonRow, usual: 'department' | 'title'): SecondLine {
  const matches = row.matches ?? []
  const unseen = matches.filter(({ fact }) => fact !== 'displayName' && fact !== usual)
  const ofUsual = matches.find(({ fact }) => fact === usual)
  const isSeen = ofUsual !== undefined || matches.some(({ fact }) => fact === 'displayName')
  return isSeen || unseen.length === 0 ? { text: row[usual], match: ofUsual } : joined(unseen)
}

const SEPARATOR = ' · '

function joined(matches: readonly FactMatch[]): SecondLine {
  const text = matches.map((match) => match.text).join(SEPARATOR)
  let writtenBefore = 0
  const ranges = matches.flatMap((match) => {
    const moved = match.ranges.map(([from, to]): [number, number] => [from + writtenBefore, to + writtenBefore])
    writtenBefore += match.text.length + SEPARATOR.length
    return moved
  })
  return { text, match: { fact: matches[0]?.fact ?? 'address', text, ranges } }
}
