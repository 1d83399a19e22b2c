/** How many at a time to start with: few, until the server has shown that it keeps up. */
const START_SIZE = 2
/** The pause after a busy answer that names none: doubling from the first to the second (ms). */
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 60_000

/** The weight of a new latency in the smoothed one. */
const LATENCY_WEIGHT = 0.1
/** How fast the lowest latency is forgotten, for each answer: a network that has become slower is the new measure in time. */
const FLOOR_DRIFT = 1.002
/** A latency has clearly risen at this many times the lowest, and by this much (ms), below which it is chance. */
const RISEN_TIMES = 2
const RISEN_BY_MS = 50

/** How many questions may be under way, by what the answers say. */
export interface Window {
  size(): number
  /** Nothing may start before this (ms since 1970). */
  pausedUntilMs(): number
  busyRounds(): number
  /** Notes a start; its number goes back in with the answer. */
  onStart(): number
  /** @param latencyMs from the start to the answer */
  onAnswer(latencyMs: number): void
  onFailure(startedAt: number): void
  /** @param retryAfterMs the server's word, obeyed exactly; 0 when it gave none */
  onBusy(startedAt: number, retryAfterMs: number, nowMs: number): void
  /** Nothing starts before this; what the answers said stays (ms since 1970). */
  pauseUntil(atMs: number): void
  setLimit(limit: number): void
}

/**
 * It starts with few and takes one more for each good answer, as TCP does, until the first trouble or the first rise of the
 * latency. From then on additive growth, multiplicative decrease: one more at a time after a whole window of answers while the
 * latency holds, half as many after trouble. A server that answers clearly later has enough to do, though it does not say so.
 * Answers to questions that were under way when the window was halved do not halve it again: they tell of the same trouble.
 */
export function createWindow(firstLimit: number): Window {
  let limit = firstLimit
  let size = Math.min(START_SIZE, limit)
  let answersInARow = 0
  let started = 0
  let halvedAt = 0
  let pausedUntilMs = 0
  let busyRounds = 0
  /** Nothing went wrong yet. */
  let isStarting = true
  const latency = createLatency()

  /** Whether this is news. */
  function halve(startedAt: number): boolean {
    answersInARow = 0
    isStarting = false
    if (startedAt <= halvedAt) return false
    halvedAt = started
    size = Math.max(1, Math.floor(size / 2))
    return true
  }

  return {
    size: () => size,
    pausedUntilMs: () => pausedUntilMs,
    busyRounds: () => busyRounds,
    onStart: () => ++started,
    pauseUntil(atMs) {
      pausedUntilMs = Math.max(pausedUntilMs, atMs)
    },
    onAnswer(latencyMs) {
      busyRounds = 0
      answersInARow += 1
      latency.add(latencyMs)
      if (latency.hasRisen()) isStarting = false
      if (size >= limit || latency.hasRisen()) return
      if (!isStarting && answersInARow < size) return
      answersInARow = 0
      size += 1
    },
    onFailure: halve,
    onBusy(startedAt, retryAfterMs, nowMs) {
      if (halve(startedAt)) busyRounds += 1
      const ownMs = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (busyRounds - 1))
      pausedUntilMs = Math.max(pausedUntilMs, nowMs + (retryAfterMs > 0 ? retryAfterMs : ownMs))
    },
    setLimit(next) {
      limit = next
      size = Math.min(size, limit)
    },
  }
}

/** Smooths latencies, and compares them with the lowest there was. */
function createLatency() {
  let smoothedMs: number | null = null
  let floorMs = Number.POSITIVE_INFINITY
  return {
    add(latencyMs: number): void {
      smoothedMs = smoothedMs === null ? latencyMs : smoothedMs + (latencyMs - smoothedMs) * LATENCY_WEIGHT
      floorMs = Math.min(smoothedMs, floorMs * FLOOR_DRIFT)
    },
    hasRisen: () => smoothedMs !== null && smoothedMs > floorMs * RISEN_TIMES && smoothedMs - floorMs > RISEN_BY_MS,
  }
}
