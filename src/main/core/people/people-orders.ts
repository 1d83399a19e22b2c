import { FINDING_CODES, type PeopleSort } from '../../../shared/people.ts'
import { LAST_RANK, type NameTable, type PeopleColumns } from './people-columns.ts'

/**
 * Everybody in the order of a sort; who is equal stands in the order of names. Departments and offices by name, none last;
 * pixels smallest first, no picture last; findings in the order of FINDING_CODES by the gravest, none last.
 */
export function orderBy(
  sort: Exclude<PeopleSort, 'name' | 'relevance'>,
  byName: Uint32Array,
  columns: PeopleColumns,
  compareNames: (left: string, right: string) => number,
): Uint32Array {
  switch (sort) {
    case 'department': {
      const ranks = ranksOf(columns.departments, compareNames)
      return sortByRank(byName, ranks.length, (id) => ranks[columns.department[id] ?? 0] ?? 0)
    }
    case 'office': {
      const ranks = ranksOf(columns.offices, compareNames)
      return sortByRank(byName, ranks.length, (id) => ranks[columns.office[id] ?? 0] ?? 0)
    }
    case 'pixels':
      return sortByRank(byName, LAST_RANK + 1, (id) => columns.pixels[id] ?? LAST_RANK)
    case 'finding':
      return sortByRank(byName, FINDING_CODES.length + 1, (id) => gravest(columns.findings[id] ?? 0))
  }
}

function gravest(findings: number): number {
  return findings === 0 ? FINDING_CODES.length : 31 - Math.clz32(findings & -findings)
}

/** The place of each name of a table among the others; the empty name is last. */
function ranksOf(table: NameTable, compareNames: (left: string, right: string) => number): Uint32Array {
  const numbers = table.names.map((_, number) => number)
  const name = (number: number) => table.names[number] ?? ''
  numbers.sort((left, right) => {
    if (name(left) === '' || name(right) === '') return name(left) === '' ? 1 : -1
    return compareNames(name(left), name(right)) || (name(left) < name(right) ? -1 : 1)
  })
  const ranks = new Uint32Array(numbers.length)
  for (const [rank, number] of numbers.entries()) ranks[number] = rank
  return ranks
}

/** A stable counting sort: two passes, no comparisons. */
function sortByRank(ids: Uint32Array, rankCount: number, rankOf: (id: number) => number): Uint32Array {
  const places = new Uint32Array(rankCount + 1)
  for (const id of ids) places[rankOf(id) + 1] = (places[rankOf(id) + 1] ?? 0) + 1
  for (let rank = 1; rank <= rankCount; rank += 1) places[rank] = (places[rank] ?? 0) + (places[rank - 1] ?? 0)
  const sorted = new Uint32Array(ids.length)
  for (const id of ids) {
    const rank = rankOf(id)
    const place = places[rank] ?? 0
    sorted[place] = id
    places[rank] = place + 1
  }
  return sorted
}
