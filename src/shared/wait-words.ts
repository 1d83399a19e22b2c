/** A wait as people count it: in seconds below two minutes, in minutes below two hours, else in hours. Rounded up. */
export interface Wait {
  readonly count: number
  readonly unit: 'seconds' | 'minutes' | 'hours'
}

/** @param waitMs how long (ms) */
export function waitOf(waitMs: number): Wait {
  const seconds = Math.ceil(waitMs / 1000)
  if (seconds < 120) return { count: seconds, unit: 'seconds' }
  const minutes = Math.ceil(seconds / 60)
  return minutes < 120 ? { count: minutes, unit: 'minutes' } : { count: Math.ceil(minutes / 60), unit: 'hours' }
}
