import { Button, Spinner } from '@fluentui/react-components'
import {
  BookContactsRegular,
  FilterRegular,
  HourglassRegular,
  KeyRegular,
  PeopleListRegular,
  PeopleSearchRegular,
  PlugConnectedRegular,
  SearchRegular,
  WifiOffRegular,
} from '@fluentui/react-icons'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../ui/empty-state.tsx'

/** Why there is nobody in the grid: reasons that are never mixed up, and two that pass. */
export type EmptyReason =
  | 'not-connected'
  | 'offline'
  | 'paused'
  | 'signed-out'
  | 'scope-is-empty'
  | 'nothing-searched'
  | 'nothing-found'
  | 'filters-hide-all'
  | 'reading'
  | 'loading'

/** The reason, from what is known. Null when there is somebody. */
export function emptyReason(now: {
  isConnected: boolean
  isOnline: boolean
  hasAnswer: boolean
  isReading: boolean
  isSearching: boolean
  isAskingServer: boolean
  known: number
  total: number
  filters: number
  isScoped: boolean
  isSignedOut: boolean
  isPaused: boolean
}): EmptyReason | null {
  if (!now.isConnected) return 'not-connected'
  if (!now.hasAnswer) return 'loading'
  if (now.total > 0) return null
  if (now.filters > 0 && now.known > 0) return 'filters-hide-all'
  if (now.isPaused && (now.isReading || (now.isSearching && now.isAskingServer))) return 'paused'
  if (now.isSearching) return now.isAskingServer ? 'loading' : 'nothing-found'
  if (now.isScoped && now.known > 0) return 'scope-is-empty'
  if (now.isReading) return 'reading'
  if (now.isSignedOut) return 'signed-out'
  return now.isOnline ? 'nothing-searched' : 'offline'
}

/** What is shown instead of the grid, each with its next step. */
export function EmptyGrid(props: {
  reason: EmptyReason
  text: string
  onConnect: () => void
  onDemo: () => void
  onRetry: () => void
  onSignIn: () => void
  onAskLess: () => void
  onLeaveScope: () => void
  onRead: () => void
  onSearch: () => void
  onClearText: () => void
  onReset: () => void
}) {
  const { t } = useTranslation()
  switch (props.reason) {
    case 'loading':
      return <EmptyState icon={<Spinner size="small" />} title={t('empty.loading')} text="" />
    case 'reading':
      return <EmptyState icon={<Spinner size="small" />} title={t('empty.reading')} text={t('empty.readingText')} />
    case 'not-connected':
      return (
        <EmptyState
          icon={<PlugConnectedRegular />}
          title={t('empty.notConnected')}
          text={t('empty.notConnectedText')}
          actions={
            <>
              <Button appearance="primary" onClick={props.onConnect}>
                {t('account.connect')}
              </Button>
              <Button onClick={props.onDemo}>{t('account.useDemo')}</Button>
            </>
          }
        />
      )
    case 'offline':
      return (
        <EmptyState
          icon={<WifiOffRegular />}
          title={t('empty.offline')}
          text={t('empty.offlineText')}
          actions={
            <Button appearance="primary" onClick={props.onRetry}>
              {t('banner.retry')}
            </Button>
          }
        />
      )
    case 'paused':
      return (
        <EmptyState
          icon={<HourglassRegular />}
          title={t('pause.title')}
          text={t('pause.emptyText')}
          actions={<Button onClick={props.onAskLess}>{t('pause.askLess')}</Button>}
        />
      )
    case 'signed-out':
      return (
        <EmptyState
          icon={<KeyRegular />}
          title={t('empty.signedOut')}
          text={t('empty.signedOutText')}
          actions={
            <Button appearance="primary" onClick={props.onSignIn}>
              {t('banner.signInAgain')}
            </Button>
          }
        />
      )
    case 'scope-is-empty':
      return (
        <EmptyState
          icon={<PeopleListRegular />}
          title={t('empty.scope')}
          text={t('empty.scopeText')}
          actions={
            <Button appearance="primary" onClick={props.onLeaveScope}>
              {t('scopes.everybody')}
            </Button>
          }
        />
      )
    case 'nothing-searched':
      return (
        <EmptyState
          icon={<PeopleSearchRegular />}
          title={t('empty.nobody')}
          text={t('empty.nobodyText')}
          actions={
            <>
              <Button appearance="primary" icon={<BookContactsRegular />} onClick={props.onRead}>
                {t('directory.read')}
              </Button>
              <Button icon={<SearchRegular />} onClick={props.onSearch}>
                {t('empty.searchButton')}
              </Button>
            </>
          }
        />
      )
    case 'nothing-found':
      return (
        <EmptyState
          icon={<SearchRegular />}
          title={t('empty.notFound', { text: props.text })}
          text={t('empty.notFoundText')}
          actions={
            <Button appearance="primary" onClick={props.onClearText}>
              {t('empty.clearText')}
            </Button>
          }
        />
      )
    case 'filters-hide-all':
      return (
        <EmptyState
          icon={<FilterRegular />}
          title={t('empty.filtered')}
          text={t('empty.filteredText')}
          actions={
            <Button appearance="primary" onClick={props.onReset}>
              {t('empty.resetFilters')}
            </Button>
          }
        />
      )
  }
}
