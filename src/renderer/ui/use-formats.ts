import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Formats } from './format.ts'
import { createFormats, writtenAs } from './format.ts'

/** Formats of the language in use, as it is written where the person lives. */
export function useFormats(): Formats {
  const { i18n } = useTranslation()
  return useMemo(() => createFormats(writtenAs(i18n.language, navigator.languages)), [i18n.language])
}
