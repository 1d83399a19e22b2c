import { Text } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import type { ListMatch } from '../../../shared/people.ts'
import { FailureList } from '../../ui/failure-list.tsx'

/** How many of a list's lines mean somebody, and each that does not, with the reason. */
export function MatchReport({ match }: { match: ListMatch }) {
  const { t } = useTranslation()
  const { entries, addresses, missing } = match
  return (
    <div role="status">
      <Text block>{t('scopes.found', { count: entries, people: addresses.length })}</Text>
      {missing.length > 0 && (
        <FailureList
          title={t('scopes.missing', { count: missing.length })}
          failures={missing.map(({ line, text, reason, matches }) => ({
            subject: t('scopes.line', { line, text }),
            reason: t(`scopes.reasons.${reason}`, { count: matches }),
          }))}
        />
      )}
    </div>
  )
}
