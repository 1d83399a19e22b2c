import type { RefObject } from 'react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { PeopleGridHandle } from '../features/grid/people-grid.tsx'
import { useCardFocus } from '../features/person/person-card.tsx'

/** How long the active tile must stay before an open card follows it, ms: each card may ask the server nine things. */
const FOLLOW_AFTER_MS = 300

/** The person card at the side: whose it is, and where the keyboard goes when it opens and closes. */
export interface PersonCardState {
  readonly opened: SmtpAddress | null
  /** Opens the card and gives it the keyboard. */
  readonly open: (address: SmtpAddress) => void
  /** Closes it and gives the keyboard back to the tile. */
  readonly close: () => void
  /** Lets an open card follow the active tile. */
  readonly follow: (address: SmtpAddress) => void
}

/** The state of the person card. Another account's people are other people: it is closed then. */
export function usePersonCard(
  grid: RefObject<PeopleGridHandle | null>,
  accountAddress: string | null,
): PersonCardState {
  const [opened, setOpened] = useState<SmtpAddress | null>(null)
  const [focusRequest, setFocusRequest] = useState<object | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const account = useRef(accountAddress)
  useCardFocus(focusRequest)
  useEffect(() => {
    if (account.current === accountAddress) return
    account.current = accountAddress
    setOpened(null)
  }, [accountAddress])

  const open = useCallback((address: SmtpAddress) => {
    clearTimeout(timer.current)
    setOpened(address)
    setFocusRequest({})
  }, [])
  const close = useCallback(() => {
    clearTimeout(timer.current)
    // In a narrow window the card covers the grid, which takes no focus until it is gone.
    flushSync(() => setOpened(null))
    grid.current?.focusActive()
  }, [grid])
  const follow = useCallback((address: SmtpAddress) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setOpened((before) => (before === null ? null : address)), FOLLOW_AFTER_MS)
  }, [])
  return { opened, open, close, follow }
}
