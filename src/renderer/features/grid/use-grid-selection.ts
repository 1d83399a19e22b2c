import { useRef } from 'react'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { useEngine } from '../../api/engine-context.tsx'
import type { PeopleRowsSnapshot } from '../../api/people-rows.ts'
import type { Selection } from './selection.ts'
import { EMPTY_SELECTION, invert, selectAddresses, selectQuery, toggle, withAddresses } from './selection.ts'

/** What a click or a key does to the selection, given the keys that were held. */
export interface GridSelection {
  /** Plain: only this one. Ctrl: turned round. Shift: from the anchor to here. Ctrl+Shift: that added. */
  pick(index: number, held: { isCtrl: boolean; isShift: boolean }): void
  /** Everybody from a place in the order to another, both included. `isAdded`: besides who is selected. */
  pickRange(from: number, to: number, isAdded: boolean): void
  all(): void
  none(): void
  inverted(): void
}

/** Ways to select in the order that is shown. */
export function useGridSelection(
  rows: PeopleRowsSnapshot,
  selection: Selection,
  onChange: (selection: Selection) => void,
): GridSelection {
  const { client } = useEngine()
  const anchor = useRef(0)

  /** The addresses between two indices; asked from the engine where they are not all loaded. */
  async function addressesBetween(a: number, b: number): Promise<SmtpAddress[]> {
    const from = Math.min(a, b)
    const to = Math.max(a, b)
    const loaded: SmtpAddress[] = []
    for (let index = from; index <= to; index += 1) {
      const row = rows.rowAt(index)
      if (row === null) break
      loaded.push(row.address)
    }
    if (loaded.length === to - from + 1 || rows.query === null) return loaded
    return (await client.people.listAddresses({ query: rows.query })).slice(from, to + 1)
  }

  /** Who is at a place that is not loaded. */
  async function addressAt(index: number): Promise<SmtpAddress | null> {
    if (rows.query === null) return null
    const window = await client.people.search({ query: rows.query, offset: index, limit: 1 })
    return window.rows[0]?.address ?? null
  }

  return {
    pick(index, { isCtrl, isShift }) {
      if (isShift) {
        addressesBetween(anchor.current, index).then(
          (range) => onChange(isCtrl ? withAddresses(selection, range) : selectAddresses(range)),
          () => undefined,
        )
        return
      }
      anchor.current = index
      const choose = (address: SmtpAddress) =>
        onChange(isCtrl ? toggle(selection, address) : selectAddresses([address]))
      const row = rows.rowAt(index)
      if (row !== null) return choose(row.address)
      // A jump reaches people who are not loaded yet.
      addressAt(index).then(
        (address) => address !== null && anchor.current === index && choose(address),
        () => undefined,
      )
    },
    pickRange(from, to, isAdded) {
      anchor.current = from
      addressesBetween(from, to).then(
        (range) => onChange(isAdded ? withAddresses(selection, range) : selectAddresses(range)),
        () => undefined,
      )
    },
    all() {
      if (rows.query !== null) onChange(selectQuery(rows.query))
    },
    none: () => onChange(EMPTY_SELECTION),
    inverted() {
      const { query } = rows
      if (query === null) return
      if (selection.kind === 'query' || selection.addresses.size === 0) return onChange(invert(selection, query, []))
      client.people.listAddresses({ query, among: [...selection.addresses] }).then(
        (found) => onChange(invert(selection, query, found)),
        () => undefined,
      )
    },
  }
}
