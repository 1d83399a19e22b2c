import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../core/ports.ts'

/** Wrong keys that are looked at in one minute. */
const MAX_WRONG_TRIES = 10
const TRIES_PER_MS = 60_000

/** What a key came to. `too-many-tries`: it was not looked at. */
export type KeyAnswer =
  | { readonly kind: 'admitted'; readonly sessionId: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'too-many-tries' }

/** Who may use the browser mode: whoever was given the address that Rollcall printed, once. */
export interface Admission {
  /** A new one-time key. It voids the one before it, used or not. */
  createKey(): string
  /** Exchanges the key for a session. A key works once; a wrong one does not use it up. */
  exchangeKey(key: string): KeyAnswer
  /** Whether the session was given out in this run. */
  hasSession(sessionId: string): boolean
}

/** Keys and sessions have 256 random bits and live in memory only. */
export function createAdmission(clock: Pick<Clock, 'nowMs'>): Admission {
  let openKey: string | null = null
  let wrongTriesMs: number[] = []
  const sessions: string[] = []

  return {
    createKey() {
      openKey = createToken()
      return openKey
    },
    exchangeKey(key) {
      const nowMs = clock.nowMs()
      wrongTriesMs = wrongTriesMs.filter((triedMs) => nowMs - triedMs < TRIES_PER_MS)
      if (wrongTriesMs.length >= MAX_WRONG_TRIES) return { kind: 'too-many-tries' }
      if (openKey === null || !isSame(key, openKey)) {
        wrongTriesMs.push(nowMs)
        return { kind: 'refused' }
      }
      openKey = null
      const sessionId = createToken()
      sessions.push(sessionId)
      return { kind: 'admitted', sessionId }
    },
    hasSession: (sessionId) => sessions.some((known) => isSame(sessionId, known)),
  }
}

function createToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Compares in a time that tells nothing of where the first difference is. */
function isSame(given: string, right: string): boolean {
  const givenBytes = Buffer.from(given)
  const rightBytes = Buffer.from(right)
  return givenBytes.length === rightBytes.length && timingSafeEqual(givenBytes, rightBytes)
}
