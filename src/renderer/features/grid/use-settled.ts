import { useEffect, useState } from 'react'
import type { Flight } from './flight.ts'

/** Whether what appeared in the grid can be shown whole: at once where the grid does not fly past, else when it has settled. */
export function useSettled(flight: Flight): boolean {
  const [isSettled, setSettled] = useState(() => !flight.isFlying())
  useEffect(() => (isSettled ? undefined : flight.whenSettled(() => setSettled(true))), [isSettled, flight])
  return isSettled
}
