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

/** An option of the command line, which the English words name in brackets. */
const OPTION = / \(--[\w-]+\)/g

/** What went wrong, and the next step, in a language of the page; a window has no options. */
export function errorWordsIn(language: string, error: AppError): ErrorWords {
  const translations = TRANSLATIONS[language]
  if (translations !== undefined) return translateError(translations, error)
  const { title, nextStep } = describeError(error)
  return { title, nextStep: nextStep.replace(OPTION, '') }
}

/** Says what went wrong, and the next step, in the language of the page. */
export function useErrorWords(): (error: AppError) => ErrorWords {
  const { language } = useTranslation().i18n
  return (error) => errorWordsIn(language, error)
}
