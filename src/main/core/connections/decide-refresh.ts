import type { AppError } from '../../../shared/errors.ts'

/** A week: what discovery found is looked up anew after it (protocol.md 2.8). */
const WEEKLY_MS = 7 * 24 * 3_600_000

/** Never more often than this, whatever fails (protocol.md 2.8). */
const HOURLY_MS = 3_600_000

export interface RefreshQuestion {
  readonly nowMs: number
  /** When discovery last found these endpoints. */
  readonly foundAtMs: number
  /** When it was last tried, with or without success; null: not in this run. */
  readonly triedAtMs: number | null
  /** The endpoint failed as if it had moved. */
  readonly hasFailed: boolean
}

/** Whether the server is to be looked up anew. */
export function isRefreshDue({ nowMs, foundAtMs, triedAtMs, hasFailed }: RefreshQuestion): boolean {
  const lastMs = Math.max(foundAtMs, triedAtMs ?? 0)
  return nowMs - lastMs >= HOURLY_MS && (hasFailed || nowMs - foundAtMs >= WEEKLY_MS)
}

/** EWS says so when the mailbox is on its way to another server. */
const MOVED_CODES = ['ErrorMailboxMoveInProgress', 'ErrorConnectionFailed']

/** Whether an error looks as if the server had moved: nobody there, something else there, or the mailbox on its way. */
export function looksMoved(error: AppError): boolean {
  switch (error.code) {
    case 'unreachable':
    case 'certificate-untrusted':
    case 'redirect-refused':
      return true
    case 'unexpected-answer':
      return (
        (error.status !== null && [301, 302, 303, 307, 308, 404, 410].includes(error.status)) ||
        MOVED_CODES.some((code) => error.detail.endsWith(code))
      )
    default:
      return false
  }
}
