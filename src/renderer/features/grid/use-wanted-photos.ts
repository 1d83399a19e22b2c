import { useEffect, useRef } from 'react'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { useEngine } from '../../api/engine-context.tsx'
import type { PeopleRowsSnapshot } from '../../api/people-rows.ts'

/** How long the grid must stand still before photos are asked for, ms. Nothing is asked for while it flies past, or while somebody types on. */
const SETTLE_MS = 150
/** As many as the engine takes. */
const MOST_WANTED = 2_000

function wantedAddresses(rows: PeopleRowsSnapshot, first: number, last: number): SmtpAddress[] {
  const onScreen = last - first + 1
  const addresses: SmtpAddress[] = []
  const add = (from: number, to: number) => {
    for (let index = Math.max(0, from); index <= to && addresses.length < MOST_WANTED; index += 1) {
      const row = rows.rowAt(index)
      if (row !== null) addresses.push(row.address)
    }
  }
  add(first, last)
  // One screen ahead, so that a page further down is there when it is reached.
  add(last + 1, Math.min(rows.total - 1, last + onScreen))
  return addresses
}

/** Tells the engine who is on screen, nearest first, whenever that changes and the grid has settled (F48). */
export function useWantedPhotos(rows: PeopleRowsSnapshot, first: number, last: number): void {
  const { client, events } = useEngine()
  const told = useRef('')
  useEffect(() => {
    const tell = () => {
      const addresses = wantedAddresses(rows, first, last)
      const key = addresses.join('\n')
      if (key === told.current) return
      told.current = key
      client.photos.setVisible({ addresses }).catch(() => {
        told.current = ''
      })
    }
    const timer = setTimeout(tell, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [rows, first, last, client])
  useEffect(
    () =>
      events.on('connection-changed', () => {
        told.current = ''
      }),
    [events],
  )
}
