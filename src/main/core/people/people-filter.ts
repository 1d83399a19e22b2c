import type { ChipCounts } from '../../../shared/contract/people.ts'
import { FINDING_CODES, MAILBOX_KINDS, type PeopleFilter, PHOTO_STATES } from '../../../shared/people.ts'
import type { NameTable, PeopleColumns } from './people-columns.ts'

/** Departments and offices that have a chip, beside those that are chosen. */
const MAX_NAMED_CHIPS = 50

const STATES_BIT = 1
const FINDINGS_BIT = 2
const KINDS_BIT = 4
const DEPARTMENTS_BIT = 8
const OFFICES_BIT = 16

/** Says of a person which groups of chips keep him or her out, as bits; 0: none. */
export type FilterTest = (id: number) => number

/** Prepares a filter: OR inside a group, AND between groups (F35). */
export function createFilterTest(filter: PeopleFilter, columns: PeopleColumns): FilterTest {
  const { state, findings, kind, department, office } = columns
  const states = bitsOf(filter.states, PHOTO_STATES)
  const wantedFindings = bitsOf(filter.findings, FINDING_CODES)
  const kinds = bitsOf(filter.kinds, MAILBOX_KINDS)
  const departments = numbersOf(filter.departments, columns.departments)
  const offices = numbersOf(filter.offices, columns.offices)
  return (id) => {
    let failed = 0
    if (states !== 0 && (states & (1 << (state[id] ?? 0))) === 0) failed |= STATES_BIT
    if (wantedFindings !== 0 && (wantedFindings & (findings[id] ?? 0)) === 0) failed |= FINDINGS_BIT
    if (kinds !== 0 && (kinds & (1 << (kind[id] ?? 0))) === 0) failed |= KINDS_BIT
    if (departments !== null && !departments.has(department[id] ?? 0)) failed |= DEPARTMENTS_BIT
    if (offices !== null && !offices.has(office[id] ?? 0)) failed |= OFFICES_BIT
    return failed
  }
}

/** Whether the filter lets everybody through. */
export function isOpen(filter: PeopleFilter): boolean {
  return Object.values(filter).every((chosen) => chosen.length === 0)
}

/** Counts for each chip the people it would show: those whom no other group keeps out. */
export function countChips(ids: Uint32Array, filter: PeopleFilter, columns: PeopleColumns): ChipCounts {
  const test = createFilterTest(filter, columns)
  const states = new Uint32Array(PHOTO_STATES.length)
  const findings = new Uint32Array(FINDING_CODES.length)
  const kinds = new Uint32Array(MAILBOX_KINDS.length)
  const departments = new Uint32Array(columns.departments.names.length)
  const offices = new Uint32Array(columns.offices.names.length)
  for (const id of ids) {
    const failed = test(id)
    if ((failed & ~STATES_BIT) === 0) addOne(states, columns.state[id])
    if ((failed & ~FINDINGS_BIT) === 0) addBits(findings, columns.findings[id] ?? 0)
    if ((failed & ~KINDS_BIT) === 0) addOne(kinds, columns.kind[id])
    if ((failed & ~DEPARTMENTS_BIT) === 0) addOne(departments, columns.department[id])
    if ((failed & ~OFFICES_BIT) === 0) addOne(offices, columns.office[id])
  }
  return {
    states: PHOTO_STATES.map((key, index) => ({ key, count: states[index] ?? 0 })),
    findings: FINDING_CODES.map((key, index) => ({ key, count: findings[index] ?? 0 })),
    kinds: MAILBOX_KINDS.map((key, index) => ({ key, count: kinds[index] ?? 0 })),
    departments: largest(departments, columns.departments, filter.departments),
    offices: largest(offices, columns.offices, filter.offices),
  }
}

function addOne(counts: Uint32Array, index: number | undefined): void {
  if (index !== undefined) counts[index] = (counts[index] ?? 0) + 1
}

function addBits(counts: Uint32Array, bits: number): void {
  for (let left = bits; left !== 0; left &= left - 1) addOne(counts, 31 - Math.clz32(left & -left))
}

/** The largest groups that have a name, largest first, and at the end those that are chosen but not among them. */
function largest(counts: Uint32Array, table: NameTable, chosen: readonly string[]): { key: string; count: number }[] {
  const chips = Array.from(counts, (count, number) => ({ key: table.names[number] ?? '', count }))
    .filter(({ key, count }) => count > 0 && key !== '')
    .sort((left, right) => right.count - left.count || (left.key < right.key ? -1 : 1))
    .slice(0, MAX_NAMED_CHIPS)
  const shown = new Set(chips.map(({ key }) => key))
  const missing = [...new Set(chosen)].filter((key) => !shown.has(key))
  return [...chips, ...missing.map((key) => ({ key, count: counts[table.find(key)] ?? 0 }))]
}

function bitsOf<Key>(chosen: readonly Key[], all: readonly Key[]): number {
  return chosen.reduce((bits, key) => bits | (1 << all.indexOf(key)), 0)
}

/** Null: everybody passes. */
function numbersOf(chosen: readonly string[], table: NameTable): ReadonlySet<number> | null {
  return chosen.length === 0 ? null : new Set(chosen.map((name) => table.find(name)))
}
