import type { RefObject } from 'react'
import { useEffect, useState } from 'react'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { useEngine } from '../api/engine-context.tsx'
import type { PeopleRowsSnapshot } from '../api/people-rows.ts'
import { usePeopleRows } from '../api/queries.ts'
import type { PeopleGridHandle } from '../features/grid/people-grid.tsx'
import { isSelected } from '../features/grid/selection.ts'
import { QuickLook } from '../features/person/quick-look.tsx'
import type { SelectionState } from './use-selection.ts'
import type { WindowCommands } from './use-window-commands.ts'

/** What the large view is about, and what follows it. */
export interface LookParts {
  readonly commands: WindowCommands
  readonly grid: RefObject<PeopleGridHandle | null>
  readonly chosen: SelectionState
  readonly photoBase: string
  readonly isRound: boolean
}

/** Those among whom the view stays, in the order that is shown: the selected, when it began at one of several; else null. */
function useSelectedOrder(
  rows: PeopleRowsSnapshot,
  chosen: SelectionState,
  index: number,
): readonly SmtpAddress[] | null {
  const { client } = useEngine()
  const [order, setOrder] = useState<readonly SmtpAddress[] | null>(null)
  const [first] = useState(() => {
    const address = rows.rowAt(index)?.address
    const isAmong = address !== undefined && chosen.count > 1 && isSelected(chosen.selection, address)
    return isAmong ? { selection: chosen.selection, query: rows.query } : null
  })
  useEffect(() => {
    if (first?.query == null) return
    const { selection, query } = first
    const read = async () => {
      if (selection.kind === 'addresses') {
        return client.people.listAddresses({ query, among: [...selection.addresses] })
      }
      if (selection.except.size === 0) return null
      return (await client.people.listAddresses({ query })).filter((address) => !selection.except.has(address))
    }
    read().then(setOrder, () => undefined)
  }, [client, first])
  return order
}

/** The large view, which the grid behind it follows. Whoever is looked at becomes the selected one, unless several are. */
export function LookAt({ index, ...parts }: LookParts & { index: number }) {
  const { client } = useEngine()
  const { commands, grid, chosen } = parts
  const rows = usePeopleRows()
  const order = useSelectedOrder(rows, chosen, index)
  const row = rows.rowAt(index)
  const at = order === null || row === null ? -1 : order.indexOf(row.address)
  const close = () => {
    commands.openDialog(null)
    grid.current?.focusActive()
  }
  const show = (next: number) => {
    grid.current?.show(next, chosen.count <= 1)
    commands.quickLook(next)
  }
  const showSelected = async (address: SmtpAddress | undefined) => {
    if (address === undefined || rows.query === null) return
    const position = await client.people.findPosition({ query: rows.query, address })
    if (position !== null) show(position)
  }
  const isAmongSelected = order !== null && at !== -1
  return (
    <QuickLook
      row={row}
      index={isAmongSelected ? at : index}
      total={isAmongSelected ? order.length : rows.total}
      isAmongSelected={isAmongSelected}
      photoBase={parts.photoBase}
      isRound={parts.isRound}
      onMove={(next) => (isAmongSelected ? commands.run(showSelected(order[next])) : show(next))}
      onOpen={() => {
        close()
        if (row !== null) commands.open(row.address)
      }}
      onClose={close}
    />
  )
}
