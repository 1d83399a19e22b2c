import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonRow } from '../../../shared/people.ts'

/** Words of all tiles, made once: looking them up for each would take longer than drawing it. */
export interface TileWords {
  /** What is heard after the name and the department: the kind of mailbox, and what is the matter with the photo. */
  ofPhoto(row: Pick<PersonRow, 'kind' | 'photo'>, isChanged: boolean): string
  /** For a place whose person is not loaded yet. */
  readonly loading: string
}

/** The words in the language of the page. */
export function useTileWords(): TileWords {
  const { t } = useTranslation()
  return useMemo(() => {
    const known = new Map<string, string>()
    return {
      loading: t('grid.loadingTile'),
      ofPhoto({ kind, photo }, isChanged) {
        const findings = photo.findings.filter((code) => code !== 'missing' && code !== photo.state)
        const key = [kind, photo.state, isChanged, ...findings].join()
        const before = known.get(key)
        if (before !== undefined) return before
        const parts = [
          kind === 'person' ? '' : t(`kind.${kind}`),
          t(`state.${photo.state}`),
          ...findings.map((code) => t(`finding.${code}`)),
          isChanged ? t('mark.changed') : '',
        ]
        const words = parts.filter((part) => part !== '').join(', ')
        known.set(key, words)
        return words
      },
    }
  }, [t])
}
