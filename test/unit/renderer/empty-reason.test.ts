import { describe, expect, it } from 'vitest'
import { type EmptyReason, emptyReason, emptyTitle } from '../../../src/renderer/app/empty-reason.ts'

type Now = Parameters<typeof emptyReason>[0]

/** Online, a hundred people are known, and nothing is asked for. */
const CALM: Now = {
  ...{
    isConnected: true,
    isOnline: true,
    hasAnswer: true,
    isReading: false,
    isSearching: false,
    isAskingServer: false,
  },
  ...{ couldAskServer: true, known: 100, total: 0, filters: 0, isScoped: false, isSignedOut: false, isPaused: false },
}
const SEARCH: Partial<Now> = { isSearching: true }

describe('why there is nobody in the grid', () => {
  it.each<[string, Partial<Now>, EmptyReason | null]>([
    ['there is somebody', { total: 1, filters: 2, isSearching: true }, null],
    ['no account', { isConnected: false, hasAnswer: false }, 'not-connected'],
    ['the library has not answered yet', { hasAnswer: false }, 'loading'],
    ['the filters hide everybody', { filters: 1 }, 'filters-hide-all'],
    ['nobody known could be hidden', { filters: 1, known: 0 }, 'nothing-searched'],
    ['the server is asked', { ...SEARCH, isAskingServer: true }, 'asking-server'],
    ['the server is asked before a filter is blamed', { ...SEARCH, isAskingServer: true, filters: 1 }, 'asking-server'],
    ['the server is to be asked after a pause', { ...SEARCH, isAskingServer: true, isPaused: true }, 'paused'],
    ['a search and filters', { ...SEARCH, filters: 1 }, 'filters-hide-all'],
    ['nobody at all matches', SEARCH, 'nothing-found'],
    ['nobody here matches, and the server failed', { ...SEARCH, couldAskServer: false }, 'nothing-found-here'],
    ['nobody of the scope matches', { ...SEARCH, isScoped: true }, 'nothing-found-in-scope'],
    ['the scope has nobody', { isScoped: true }, 'scope-is-empty'],
    ['the directory is being read', { known: 0, isReading: true }, 'reading'],
    ['signed out, and nothing is known', { known: 0, isOnline: false, isSignedOut: true }, 'signed-out'],
    ['offline, and nothing is known', { known: 0, isOnline: false }, 'offline'],
  ])('%s', (_, now, reason) => {
    expect(emptyReason({ ...CALM, ...now })).toBe(reason)
  })

  it('is said of the search and the filters where there are both', () => {
    expect([emptyTitle('filters-hide-all', 'anna'), emptyTitle('filters-hide-all', ' ')]).toEqual([
      'filteredSearch',
      'filtered',
    ])
  })
})
