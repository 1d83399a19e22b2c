import type { PeopleGroup } from '../../shared/contract/people.ts'
import type { PeopleQuery } from '../../shared/people.ts'

/** Whether two queries ask for the same. */
export function isSameQuery(a: PeopleQuery | null, b: PeopleQuery | null): boolean {
  return a === b || (a !== null && b !== null && JSON.stringify(a) === JSON.stringify(b))
}

/** Whether nothing is otherwise: each value is the same, or the same object. */
export function isSameFacts<Facts extends object>(a: Facts, b: Facts): boolean {
  return Object.entries(a).every(([key, value]) => value === b[key as keyof Facts])
}

/** Whether the same groups have as many people. */
export function isSameGrouping(a: readonly PeopleGroup[], b: readonly PeopleGroup[]): boolean {
  return a.length === b.length && a.every((group, at) => group.name === b[at]?.name && group.count === b[at]?.count)
}
