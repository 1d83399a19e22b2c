import { useLayoutEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../api/queries.ts'
import { chooseLanguage, directionOf } from './choose-language.ts'

function subscribeLanguages(onChange: () => void): () => void {
  window.addEventListener('languagechange', onChange)
  return () => window.removeEventListener('languagechange', onChange)
}

/** As one text, because some browsers answer another list, with the same languages in it, each time they are asked. */
function preferredLanguages(): string {
  return navigator.languages.join(' ')
}

/** Writes the page in the language that was set, or the system's. Answers which way it is written. */
export function useLanguage(): 'ltr' | 'rtl' {
  const { i18n } = useTranslation()
  const preferred = useSyncExternalStore(subscribeLanguages, preferredLanguages)
  const language = chooseLanguage(useSettings().appearance.language, preferred.split(' '))
  const direction = directionOf(language)
  useLayoutEffect(() => {
    document.documentElement.lang = language
    document.documentElement.dir = direction
    if (i18n.language !== language) void i18n.changeLanguage(language)
  }, [language, direction, i18n])
  return direction
}
