import { describe, expect, it } from 'vitest'
import {
  countSelected,
  EMPTY_SELECTION,
  invert,
  isSelected,
  selectAddresses,
  selectQuery,
  toggle,
  toScope,
  withAddresses,
} from '../../../src/renderer/features/grid/selection.ts'
import type { PeopleQuery } from '../../../src/shared/people.ts'
import { NO_FILTER } from '../../../src/shared/people.ts'
import { smtpAddressSchema } from '../../../src/shared/smtp-address.ts'

const QUERY: PeopleQuery = { text: 'helsinki', filter: NO_FILTER, sort: 'name' }
const [ada, bo, cy] = ['ada', 'bo', 'cy'].map((name) => smtpAddressSchema.parse(`${name}@fjordline.example`)) as [
  ReturnType<typeof smtpAddressSchema.parse>,
  ReturnType<typeof smtpAddressSchema.parse>,
  ReturnType<typeof smtpAddressSchema.parse>,
]

describe('the selection', () => {
  it('turns one person round', () => {
    const selected = toggle(EMPTY_SELECTION, ada)
    expect(isSelected(selected, ada)).toBe(true)
    expect(isSelected(toggle(selected, ada), ada)).toBe(false)
  })

  it('keeps "all of what is shown" as a query, less those who were taken out', () => {
    const selected = toggle(selectQuery(QUERY), bo)
    expect(countSelected(selected, 100_000)).toBe(99_999)
    expect(isSelected(selected, bo)).toBe(false)
    expect(toScope(selected)).toEqual({ of: { kind: 'query', query: QUERY }, except: [bo] })
  })

  it('adds people back to "all of what is shown"', () => {
    const selected = withAddresses(toggle(selectQuery(QUERY), bo), [bo])
    expect(toScope(selected)).toEqual({ of: { kind: 'query', query: QUERY }, except: [] })
  })

  it('adds a range to a list, each person once', () => {
    expect(countSelected(withAddresses(selectAddresses([ada, bo]), [bo, cy]), 3)).toBe(3)
  })

  it('inverts within what is shown', () => {
    const allButBo = invert(selectAddresses([bo, cy]), QUERY, [bo])
    expect(toScope(allButBo)).toEqual({ of: { kind: 'query', query: QUERY }, except: [bo] })
    expect(toScope(invert(allButBo, QUERY, [])).of).toEqual({ kind: 'addresses', addresses: [bo] })
    expect(countSelected(invert(selectQuery(QUERY), QUERY, []), 3)).toBe(0)
  })
})
