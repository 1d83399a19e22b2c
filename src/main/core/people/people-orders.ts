import type { PeopleGroup } from '../../../shared/contract/people.ts'
import {
  FINDING_CODES,
  MAILBOX_KINDS,
  type MailboxKind,
  type PeopleGrouping,
  type PeopleSort,
} from '../../../shared/people.ts'
import { LAST_RANK, type NameTable, type PeopleColumns } from './people-columns.ts'

/** What an order is made from. */
export interface OrderParts {
  /** Everybody by name: the order of those who are otherwise equal. */
  readonly byName: Uint32Array
  readonly columns: PeopleColumns
  readonly compareNames: (left: string, right: string) => number
}

/**
 * Who comes first where nobody chose an order: people, then what else may have a picture, then lists. Else a directory would
 * begin with “All …”, which has no faces.
 */
const KIND_RANKS: Readonly<Record<MailboxKind, number>> = {
  ...{ person: 0, contact: 0 },
  ...{ shared: 1, room: 1, equipment: 1, other: 1 },
  list: 2,
}
const RANK_OF_KIND: readonly number[] = MAILBOX_KINDS.map((kind) => KIND_RANKS[kind])
const KIND_RANK_COUNT = Math.max(...RANK_OF_KIND) + 1

/**
 * Everybody in the order of a sort. By relevance, as far as no text decides: people, then rooms and the like, then lists, each by
 * name. Departments and offices by name; pixels and bytes smallest first; changed newest first;
 * findings in the order of FINDING_CODES by the gravest. Who has none of it is last, also when the order is turned round.
 */
export function orderBy(
  sort: PeopleSort,
  isDescending: boolean,
  { byName, columns, compareNames }: OrderParts,
): Uint32Array {
  const byRank = (rankCount: number, rankOf: (id: number) => number) =>
    sortByRank(byName, rankCount, isDescending ? turnedRound(rankOf, rankCount) : rankOf)
  switch (sort) {
    case 'name':
      return isDescending ? byName.toReversed() : byName
    case 'relevance': {
      const names = isDescending ? byName.toReversed() : byName
      return sortByRank(names, KIND_RANK_COUNT, (id) => RANK_OF_KIND[columns.kind[id] ?? 0] ?? 0)
    }
    case 'department':
    case 'office': {
      const { ranks, numberOf } = groupRanks(sort, columns, compareNames)
      return byRank(ranks.length + 1, (id) => ranks[numberOf(id)] ?? 0)
    }
    case 'pixels':
      return byRank(LAST_RANK + 1, (id) => columns.pixels[id] ?? LAST_RANK)
    case 'bytes':
      return sortByNumber(byName, columns.bytes, isDescending)
    case 'changed':
      return sortByNumber(byName, columns.changed, !isDescending)
    case 'finding':
      return byRank(FINDING_CODES.length + 1, (id) => gravest(columns.findings[id] ?? 0))
  }
}

/** An order with groups brought together, in the order of their names; inside each the order stays. */
export function orderInGroups(order: Uint32Array, grouping: PeopleGrouping, parts: Omit<OrderParts, 'byName'>) {
  const { ranks, numberOf } = groupRanks(grouping, parts.columns, parts.compareNames)
  return sortByRank(order, ranks.length + 1, (id) => ranks[numberOf(id)] ?? 0)
}

/** The groups of people who stand in the order of groups, with their counts. */
export function countGroups(ids: Uint32Array, grouping: PeopleGrouping, columns: PeopleColumns): PeopleGroup[] {
  const { table, numberOf } = groupColumn(grouping, columns)
  const groups: { number: number; count: number }[] = []
  for (const id of ids) {
    const last = groups.at(-1)
    const number = numberOf(id)
    if (last?.number === number) last.count += 1
    else groups.push({ number, count: 1 })
  }
  return groups.map(({ number, count }) => ({ name: table.names[number] ?? '', count }))
}

function groupColumn(grouping: PeopleGrouping, { departments, department, offices, office }: PeopleColumns) {
  const [table, column] = grouping === 'department' ? [departments, department] : [offices, office]
  return { table, numberOf: (id: number) => column[id] ?? 0 }
}

function groupRanks(grouping: PeopleGrouping, columns: PeopleColumns, compareNames: OrderParts['compareNames']) {
  const { table, numberOf } = groupColumn(grouping, columns)
  return { ranks: ranksOf(table, compareNames), numberOf }
}

/** Ranks from the end, but for the last, which stays. */
function turnedRound(rankOf: (id: number) => number, rankCount: number): (id: number) => number {
  const last = rankCount - 1
  return (id) => {
    const rank = rankOf(id)
    return rank === last ? last : last - 1 - rank
  }
}

/** By a column of numbers; who has none (-1) is last. */
function sortByNumber(byName: Uint32Array, column: Float64Array, isDescending: boolean): Uint32Array {
  const sign = isDescending ? -1 : 1
  const numberAt = (id: number) => column[id] ?? -1
  return byName.toSorted((left, right) => {
    const one = numberAt(left)
    const other = numberAt(right)
    if (one >= 0 && other >= 0) return sign * (one - other)
    return (one < 0 ? 1 : 0) - (other < 0 ? 1 : 0)
  })
}

function gravest(findings: number): number {
  return findings === 0 ? FINDING_CODES.length : 31 - Math.clz32(findings & -findings)
}

/** The place of each name of a table among the others, from 0. The empty name's place is after all: the number of names. */
function ranksOf(table: NameTable, compareNames: (left: string, right: string) => number): Uint32Array {
  const name = (number: number) => table.names[number] ?? ''
  const numbers = table.names.map((_, number) => number).filter((number) => name(number) !== '')
  numbers.sort((left, right) => compareNames(name(left), name(right)) || (name(left) < name(right) ? -1 : 1))
  const ranks = new Uint32Array(table.names.length).fill(table.names.length)
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
