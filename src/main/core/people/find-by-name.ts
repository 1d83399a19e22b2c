import { fold } from './fold.ts'

/**
 * The next place after `after`, round the end, whose name begins with a text; where nobody's does, of whose name a word does.
 * Null: nobody. `after` is -1 to begin at the first.
 */
export function findByName(
  count: number,
  nameAt: (place: number) => string,
  text: string,
  after: number,
): number | null {
  const wanted = fold(text)
  let ofWord: number | null = null
  for (let step = 1; step <= count; step += 1) {
    const place = (after + step + count) % count
    const name = fold(nameAt(place))
    if (name.startsWith(wanted)) return place
    if (ofWord === null && name.split(WORD_BREAK).some((word) => word.startsWith(wanted))) ofWord = place
  }
  return ofWord
}

const WORD_BREAK = /[^a-z0-9]+/
