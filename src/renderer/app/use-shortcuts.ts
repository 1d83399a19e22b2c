import { useEffect, useRef } from 'react'

/** What a key does anywhere in the window. */
export interface Shortcuts {
  readonly search: () => void
  readonly showKeys: () => void
  readonly selectAll: () => void
  readonly selectNone: () => void
  readonly invertSelection: () => void
  readonly zoomIn: () => void
  readonly zoomOut: () => void
  readonly zoomReset: () => void
  readonly exportPhotos: () => void
  readonly checkPhotos: () => void
  readonly toggleFilters: () => void
  readonly showSettings: () => void
  readonly toggleTable: () => void
  readonly compare: () => void
  readonly copyAddresses: () => void
  readonly copyPicture: () => void
  readonly undo: () => void
  readonly refreshPhotos: () => void
  readonly escape: () => void
}

/** Keys with Ctrl (or the Command key). Upper case: with Shift. */
const CTRL_KEYS: Readonly<Record<string, keyof Shortcuts>> = {
  f: 'search',
  a: 'selectAll',
  A: 'selectNone',
  i: 'invertSelection',
  e: 'exportPhotos',
  k: 'checkPhotos',
  b: 'toggleFilters',
  ',': 'showSettings',
  g: 'toggleTable',
  d: 'compare',
  c: 'copyAddresses',
  C: 'copyPicture',
  z: 'undo',
  '0': 'zoomReset',
}
const PLAIN_KEYS: Readonly<Record<string, keyof Shortcuts>> = {
  '/': 'search',
  '?': 'showKeys',
  '+': 'zoomIn',
  '=': 'zoomIn',
  '-': 'zoomOut',
  Escape: 'escape',
}
/** What works while something is being typed. */
const WHILE_TYPING: ReadonlySet<keyof Shortcuts> = new Set(['search', 'showKeys', 'escape'])

/** Inputs that take no text: the window's keys work on them, too. */
const TEXTLESS_INPUTS: ReadonlySet<string> = new Set(['range', 'checkbox', 'radio', 'button', 'file'])

function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement && TEXTLESS_INPUTS.has(target.type)) return false
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  )
}

/** Whether text on the page is marked, which Ctrl+C then copies. */
function hasMarkedText(): boolean {
  return window.getSelection()?.isCollapsed === false
}

/** Whether a dialog or a menu is open: it has the keys then, wherever the focus is. */
function hasPopup(): boolean {
  return document.querySelector('[aria-modal="true"], [role="alertdialog"], [role="menu"]') !== null
}

function actionOf(event: KeyboardEvent): keyof Shortcuts | null {
  if (event.altKey) return null
  if (event.key === 'F1') return 'showKeys'
  if (event.key === 'F5' && !event.ctrlKey && !event.shiftKey) return 'refreshPhotos'
  const isCtrl = event.ctrlKey || event.metaKey
  if (!isCtrl) return isTyping(event.target) && event.key !== 'Escape' ? null : (PLAIN_KEYS[event.key] ?? null)
  const letter = event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase()
  return CTRL_KEYS[letter] ?? null
}

/** Listens for the window's keys. Dialogs and menus keep theirs, and so does what is being typed. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts)
  useEffect(() => {
    current.current = shortcuts
  })
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || hasPopup()) return
      const action = actionOf(event)
      if (action === 'copyAddresses' && hasMarkedText()) return
      if (action === null || (isTyping(event.target) && !WHILE_TYPING.has(action))) return
      event.preventDefault()
      current.current[action]()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
