import { record } from './recorder.ts'

interface Item {
  readonly label?: string
  readonly role?: string
  readonly click?: () => void
  readonly submenu?: readonly Item[]
}

let items: readonly Item[] = []

export const Menu = {
  buildFromTemplate: (template: readonly Item[]) => template,
  setApplicationMenu(template: readonly Item[]): void {
    items = template
    record('Menu.setApplicationMenu', template)
  },
}

/** Chooses the item of this label, wherever it is. */
export function choose(label: string): void {
  const find = (among: readonly Item[]): Item | undefined =>
    among.find((item) => item.label === label) ?? among.map((item) => find(item.submenu ?? [])).find(Boolean)
  const item = find(items)
  if (!item?.click) throw new Error(`no menu item is called ${label}`)
  item.click()
}
