import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Formats } from './format.ts'
import { createFormats } from './format.ts'

/** Formats of the language in use. */
export function useFormats(): Formats {
  const { i18n } = useTranslation()
  return useMemo(() => createFormats(i18n.language), [i18n.language])
}
