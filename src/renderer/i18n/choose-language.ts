import { LANGUAGES, type Language, PSEUDO_LANGUAGE } from '../../shared/languages.ts'
import type { Settings } from '../../shared/settings.ts'

/** What the page is written in. */
export type PageLanguage = Language | typeof PSEUDO_LANGUAGE

/**
 * The language of the page: the one that was set, else the first that the system prefers and the page has, else English.
 * @param preferred language tags, such as `navigator.languages`
 */
export function chooseLanguage(
  setting: Settings['appearance']['language'],
  preferred: readonly string[],
): PageLanguage {
  if (setting !== 'system') return setting
  const primary = preferred.map((tag) => tag.toLowerCase().split('-')[0])
  return primary.map((tag) => LANGUAGES.find((language) => language === tag)).find(Boolean) ?? 'en'
}

/** Which way a language is written. */
export function directionOf(language: PageLanguage): 'ltr' | 'rtl' {
  return language === PSEUDO_LANGUAGE ? 'rtl' : 'ltr'
}
