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
import { type EmptyReason, emptyTitle } from './empty-reason.ts'

/** What is shown instead of the grid: one thing, with its next step. */
export function EmptyGrid(props: {
  reason: EmptyReason
  text: string
  wasServerAsked: boolean
  onAskServerAgain: () => void
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
  const title = t(`empty.${emptyTitle(props.reason, props.text)}`, { text: props.text })
  const clearText = <Button onClick={props.onClearText}>{t('empty.clearText')}</Button>
  switch (props.reason) {
    case 'loading':
    case 'asking-server':
      return <EmptyState icon={<Spinner size="small" />} title={title} text="" />
    case 'reading':
      return <EmptyState icon={<Spinner size="small" />} title={title} text={t('empty.readingText')} />
    case 'not-connected':
      return (
        <EmptyState
          icon={<PlugConnectedRegular />}
          title={title}
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
          title={title}
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
          title={title}
          text={t('pause.emptyText')}
          actions={<Button onClick={props.onAskLess}>{t('pause.askLess')}</Button>}
        />
      )
    case 'signed-out':
      return (
        <EmptyState
          icon={<KeyRegular />}
          title={title}
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
          title={title}
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
          title={title}
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
          title={title}
          text={t(props.wasServerAsked ? 'empty.notOnServerText' : 'empty.notFoundText')}
          actions={
            <Button appearance="primary" onClick={props.onClearText}>
              {t('empty.clearText')}
            </Button>
          }
        />
      )
    case 'nothing-found-here':
      return (
        <EmptyState
          icon={<SearchRegular />}
          title={title}
          text={t('empty.notHereText')}
          actions={
            <>
              <Button appearance="primary" onClick={props.onAskServerAgain}>
                {t('empty.askServer')}
              </Button>
              {clearText}
            </>
          }
        />
      )
    case 'nothing-found-in-scope':
      return (
        <EmptyState
          icon={<SearchRegular />}
          title={title}
          text={t('empty.notInScopeText')}
          actions={
            <>
              <Button appearance="primary" onClick={props.onLeaveScope}>
                {t('empty.searchEverybody')}
              </Button>
              {clearText}
            </>
          }
        />
      )
    case 'filters-hide-all':
      return (
        <EmptyState
          icon={<FilterRegular />}
          title={title}
          text={t('empty.filteredText')}
          actions={
            <>
              <Button appearance="primary" onClick={props.onReset}>
                {t('empty.resetFilters')}
              </Button>
              {props.text !== '' && clearText}
            </>
          }
        />
      )
  }
}
