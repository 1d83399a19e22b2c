import { useCallback, useState } from 'react'

function read(key: string, fallback: number): number {
  try {
    const stored = Number(localStorage.getItem(key) ?? Number.NaN)
    return Number.isFinite(stored) ? stored : fallback
  } catch {
    return fallback
  }
}

/** A number that is still there after a restart, where the page's storage allows it. */
export function useStoredNumber(key: string, fallback: number): [number, (next: number) => void] {
  const [value, setValue] = useState(() => read(key, fallback))
  const set = useCallback(
    (next: number) => {
      setValue(next)
      try {
        localStorage.setItem(key, String(next))
      } catch {
        // Storage is full or switched off: the width lasts for this window only.
      }
    },
    [key],
  )
  return [value, set]
}
