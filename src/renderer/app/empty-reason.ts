/** Why there is nobody in the grid: reasons that are never mixed up, and three that pass. */
export type EmptyReason =
  | 'not-connected'
  | 'offline'
  | 'paused'
  | 'signed-out'
  | 'scope-is-empty'
  | 'nothing-searched'
  | 'nothing-found'
  | 'nothing-found-here'
  | 'nothing-found-in-scope'
  | 'filters-hide-all'
  | 'reading'
  | 'asking-server'
  | 'loading'

/** The reason, from what is known. Null when there is somebody. */
export function emptyReason(now: {
  isConnected: boolean
  isOnline: boolean
  hasAnswer: boolean
  isReading: boolean
  isSearching: boolean
  isAskingServer: boolean
  /** The server is there to be asked, and did not fail when it was. */
  couldAskServer: boolean
  known: number
  total: number
  filters: number
  isScoped: boolean
  isSignedOut: boolean
  isPaused: boolean
}): EmptyReason | null {
  if (!now.isConnected) return 'not-connected'
  if (!now.hasAnswer) return 'loading'
  if (now.total > 0) return null
  if (now.isPaused && (now.isReading || (now.isSearching && now.isAskingServer))) return 'paused'
  if (now.isSearching && now.isAskingServer) return 'asking-server'
  if (now.filters > 0 && now.known > 0) return 'filters-hide-all'
  if (now.isSearching && now.isScoped) return 'nothing-found-in-scope'
  if (now.isSearching) return now.couldAskServer ? 'nothing-found' : 'nothing-found-here'
  if (now.isScoped && now.known > 0) return 'scope-is-empty'
  if (now.isReading) return 'reading'
  if (now.isSignedOut) return 'signed-out'
  return now.isOnline ? 'nothing-searched' : 'offline'
}

const TITLES = {
  loading: 'loading',
  reading: 'reading',
  'asking-server': 'asking',
  'not-connected': 'notConnected',
  offline: 'offline',
  paused: 'paused',
  'signed-out': 'signedOut',
  'scope-is-empty': 'scope',
  'nothing-searched': 'nobody',
  'nothing-found': 'notFound',
  'nothing-found-here': 'notFound',
  'nothing-found-in-scope': 'notInScope',
  'filters-hide-all': 'filtered',
} as const satisfies Record<EmptyReason, string>

/** The key, below `empty`, of the words for a reason. */
export function emptyTitle(reason: EmptyReason, text: string) {
  return reason === 'filters-hide-all' && text.trim() !== '' ? 'filteredSearch' : TITLES[reason]
}
