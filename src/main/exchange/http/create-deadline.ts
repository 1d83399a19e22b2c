/** A request's own signal: aborted with its caller's, or when its time is over. */
export interface Deadline {
  readonly signal: AbortSignal
  /** Whether time, and not the caller, ended it. */
  isOver(): boolean
  /** Puts the end off by so much (ms); may be called for every piece that comes. */
  extend(byMs: number): void
  /** To be called when the request has ended; nothing is held any more then. */
  clear(): void
}

/** Sets a deadline. A timer and a listener of its own: combined signals would pile up on a caller that lives long. */
export function createDeadline(caller: AbortSignal, limitMs: number): Deadline {
  const own = new AbortController()
  let isOver = false
  let extensionMs = 0
  const follow = (): void => own.abort()
  const end = (): void => {
    if (extensionMs >= 1) {
      timer = setTimeout(end, extensionMs)
      extensionMs = 0
      return
    }
    isOver = true
    own.abort()
  }
  let timer = setTimeout(end, limitMs)
  if (caller.aborted) own.abort()
  else caller.addEventListener('abort', follow, { once: true })
  return {
    signal: own.signal,
    isOver: () => isOver,
    extend(byMs) {
      extensionMs += byMs
    },
    clear() {
      clearTimeout(timer)
      caller.removeEventListener('abort', follow)
    },
  }
}
