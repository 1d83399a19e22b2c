import { useEffect, useState } from 'react'

/** Whether something has been true for some time. @param afterMs how long, ms */
export function useStays(isTrue: boolean, afterMs: number): boolean {
  const [hasStayed, setStayed] = useState(false)
  useEffect(() => {
    if (!isTrue) {
      setStayed(false)
      return
    }
    const timer = setTimeout(() => setStayed(true), afterMs)
    return () => clearTimeout(timer)
  }, [isTrue, afterMs])
  return isTrue && hasStayed
}
