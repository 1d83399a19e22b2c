import { useTranslation } from 'react-i18next'

/** Keys that keyboards of other languages name otherwise, with their names in the catalogues. */
const KEYS = {
  Ctrl: 'ctrl',
  Shift: 'shift',
  Space: 'space',
  Enter: 'enter',
  Esc: 'esc',
  Home: 'home',
  End: 'end',
  'Page Up': 'pageUp',
  'Page Down': 'pageDown',
} as const
type NamedKey = (typeof KEYS)[keyof typeof KEYS]
const NAMED = new RegExp(`\\b(?:${Object.keys(KEYS).join('|')})\\b`, 'g')

/** Keys as they are written here, such as Ctrl+Space, by the names that are printed on somebody's keyboard. */
export function nameKeys(keys: string, nameOf: (key: NamedKey) => string): string {
  return keys.replace(NAMED, (name) => nameOf(KEYS[name as keyof typeof KEYS]))
}

/** Names keys in the language of the page. */
export function useKeyNames(): (keys: string) => string {
  const { t } = useTranslation()
  return (keys) => nameKeys(keys, (key) => t(`keyNames.${key}`))
}
