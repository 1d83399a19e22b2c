import { useEffect, useState } from 'react'
import { useConnection } from './queries.ts'

/** How long the server still wants to be left alone, s; null when it does not. Counts down by itself. */
export function useServerPause(): number | null {
  const { status } = useConnection()
  const untilMs = status?.busyUntilMs ?? 0
  const [nowMs, setNowMs] = useState(Date.now)
  const isPaused = untilMs > nowMs
  useEffect(() => {
    setNowMs(Date.now())
    if (untilMs <= Date.now()) return
    const timer = setInterval(() => {
      setNowMs(Date.now())
      if (untilMs <= Date.now()) clearInterval(timer)
    }, 500)
    return () => clearInterval(timer)
  }, [untilMs])
  return isPaused ? Math.ceil((untilMs - nowMs) / 1_000) : null
}
