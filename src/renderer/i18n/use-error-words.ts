import { useTranslation } from 'react-i18next'
import { describeError } from '../../shared/describe-error.ts'
import type { ErrorWords } from '../../shared/error-words.ts'
import type { AppError } from '../../shared/errors.ts'
import { GERMAN } from './error-words/de.ts'
import { type ErrorTranslations, translateError } from './error-words/error-translations.ts'
import { FINNISH } from './error-words/fi.ts'
import { FRENCH } from './error-words/fr.ts'

/** Every language but English, whose words the command line and the log have too. */
const TRANSLATIONS: Readonly<Record<string, ErrorTranslations>> = { de: GERMAN, fr: FRENCH, fi: FINNISH }

/** What went wrong, and the next step, in a language of the page. */
export function errorWordsIn(language: string, error: AppError): ErrorWords {
  const translations = TRANSLATIONS[language]
  return translations === undefined ? describeError(error) : translateError(translations, error)
}

/** Says what went wrong, and the next step, in the language of the page. */
export function useErrorWords(): (error: AppError) => ErrorWords {
  const { language } = useTranslation().i18n
  return (error) => errorWordsIn(language, error)
}
