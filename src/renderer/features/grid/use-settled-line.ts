import { useEffect, useReducer, useState } from 'react'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { PeopleRowsSnapshot } from '../../api/people-rows.ts'
import type { Flight } from './flight.ts'

/** What a line of the grid shows: which one it is, of which query, and the people in it. */
export interface LineContent {
  readonly line: number
  readonly query: PeopleRowsSnapshot['query']
  readonly addresses: readonly SmtpAddress[]
}

/** What a line remembers of what it shows. */
export interface LineMemory extends LineContent {
  readonly isSettled: boolean
  /** Who was whole before a new search made it fly: those who are still there stay so. */
  readonly stayed: ReadonlySet<SmtpAddress>
}

/** What a line remembers when it is drawn again. @param before of the last time, null the first time */
export function rememberLine(before: LineMemory | null, content: LineContent, isFlying: boolean): LineMemory {
  if (before?.line !== content.line) return { ...content, isSettled: !isFlying, stayed: new Set() }
  if (before.query === content.query) return { ...before, ...content }
  return { ...content, isSettled: !isFlying, stayed: before.isSettled ? new Set(before.addresses) : before.stayed }
}

/** How a line is shown. */
export interface SettledLine {
  readonly isSettled: boolean
  readonly isWhole: (address: SmtpAddress) => boolean
}

/**
 * Whether people of a line can be shown whole: all where the grid does not fly past, or has settled since; else those who were
 * there before a new search and still are.
 */
export function useSettledLine(flight: Flight, content: LineContent): SettledLine {
  // What is remembered from one drawing to the next is remembered here.
  'use no memo'
  const [memory] = useState<{ now: LineMemory | null }>({ now: null })
  const [, drawAgain] = useReducer((times: number) => times + 1, 0)
  const now = rememberLine(memory.now, content, flight.isFlying())
  memory.now = now
  useEffect(() => {
    if (now.isSettled) return
    return flight.whenSettled(() => {
      memory.now = { ...now, isSettled: true }
      drawAgain()
    })
  }, [flight, memory, now.line, now.query, now.isSettled])
  return { isSettled: now.isSettled, isWhole: (address) => now.isSettled || now.stayed.has(address) }
}
