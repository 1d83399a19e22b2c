import type { AppError } from '../../shared/errors.ts'

/** The time. Tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  nowMs(): number
  /** Resolves after `delayMs`, or at once when the signal is aborted; never rejects. */
  wait(delayMs: number, signal?: AbortSignal): Promise<void>
}

/** A log. `facts` never hold a secret, a body, or a query parameter's value that names a person at level info or above. */
export interface Log {
  debug(message: string, facts?: Record<string, unknown>): void
  info(message: string, facts?: Record<string, unknown>): void
  warn(message: string, facts?: Record<string, unknown>): void
  error(message: string, facts?: Record<string, unknown>): void
}

/**
 * The library failed under a repository's hands: disk full, file damaged, locked by another program. Repositories are
 * synchronous and answer plain values, so this one expected failure is thrown; whoever runs a job or a call turns it into `error`.
 */
export class LibraryFault extends Error {
  readonly error: Extract<AppError, { code: 'library-unusable' }>

  constructor(error: Extract<AppError, { code: 'library-unusable' }>) {
    super(error.detail)
    this.name = 'LibraryFault'
    this.error = error
  }
}
