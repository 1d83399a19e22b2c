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
