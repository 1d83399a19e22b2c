import { expect, it } from 'vitest'
import { type LineMemory, rememberLine } from '../../../src/renderer/features/grid/use-settled-line.ts'
import type { PeopleQuery } from '../../../src/shared/people.ts'
import { NO_FILTER } from '../../../src/shared/people.ts'
import { smtpAddressSchema } from '../../../src/shared/smtp-address.ts'

const query = (text: string): PeopleQuery => ({ text, filter: NO_FILTER, sort: 'relevance' })
const people = (...names: string[]) => names.map((name) => smtpAddressSchema.parse(`${name}@fjordline.example`))
const EVERYBODY = query('')
const FIRST = { line: 0, query: EVERYBODY, addresses: people('anna', 'bo') }

function stayed({ isSettled, stayed: names }: LineMemory): string[] | 'all' {
  return isSettled ? 'all' : [...names].map((address) => address.slice(0, address.indexOf('@')))
}

it('shows a line whole at rest, and one that flies by not at all', () => {
  expect(stayed(rememberLine(null, FIRST, false))).toBe('all')
  expect(stayed(rememberLine(null, FIRST, true))).toEqual([])
})

it('keeps a line as it was for as long as it is the same line of the same query', () => {
  const whole = rememberLine(null, FIRST, false)
  expect(stayed(rememberLine(whole, { ...FIRST, addresses: people('anna', 'cy') }, true))).toBe('all')
  const flying = rememberLine(null, FIRST, true)
  expect(stayed(rememberLine(flying, FIRST, false))).toEqual([])
})

it('knows another line in the same place for another', () => {
  const whole = rememberLine(null, FIRST, false)
  expect(stayed(rememberLine(whole, { ...FIRST, line: 9 }, true))).toEqual([])
})

it('leaves those whole whom a new search finds in the same line again, through one search after the other', () => {
  const whole = rememberLine(null, FIRST, false)
  const first = rememberLine(whole, { ...FIRST, query: query('a'), addresses: people('anna', 'axel') }, true)
  expect(stayed(first)).toEqual(['anna', 'bo'])
  const second = rememberLine(first, { ...FIRST, query: query('an'), addresses: people('anna', 'andy') }, true)
  expect(stayed(second)).toEqual(['anna', 'bo'])
})
