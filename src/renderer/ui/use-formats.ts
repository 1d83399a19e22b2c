import { useTranslation } from 'react-i18next'
import type { Formats } from './format.ts'
import { createFormats, writtenAs } from './format.ts'

/** One for each language that was in use: making them takes longer than drawing what they are for. */
const known = new Map<string, Formats>()

function formatsOf(language: string): Formats {
  const formats = known.get(language) ?? createFormats(language)
  known.set(language, formats)
  return formats
}

/** Formats of the language in use, as it is written where the person lives. */
export function useFormats(): Formats {
  const { i18n } = useTranslation()
  return formatsOf(writtenAs(i18n.language, navigator.languages))
}
