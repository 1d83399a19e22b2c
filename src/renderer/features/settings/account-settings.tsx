import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components'
import { PersonAddRegular } from '@fluentui/react-icons'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../../shared/connections.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { useAccounts, useConnection } from '../../api/queries.ts'
import { toAppError } from '../../api/to-app-error.ts'
import { useErrorWords } from '../../i18n/use-error-words.ts'
import { ErrorWords } from '../../ui/error-words.tsx'
import { Facts } from '../../ui/facts.tsx'

const useStyles = makeStyles({
  list: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalM, margin: 0, padding: 0 },
  account: {
    listStyleType: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalS,
    padding: tokens.spacingHorizontalM,
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  head: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexWrap: 'wrap' },
  name: { flexGrow: 1, overflowWrap: 'anywhere' },
})

function AccountFacts({ account }: { account: Account }) {
  const { t } = useTranslation()
  return (
    <Facts
      facts={[
        { label: t('settings.accountServer'), value: account.ewsUrl },
        { label: t('settings.accountUser'), value: account.userName },
        { label: t('settings.accountSignIn'), value: t(`settings.auth.${account.auth}`) },
        {
          label: t('settings.accountSecret'),
          value: account.isDemo ? '' : t(`settings.secret.${account.secretKeptIn}`),
        },
      ]}
    />
  )
}

/** The accounts that are kept, what is kept of each, and which is in use (F9). */
export function AccountSettings(props: { onConnect: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const errorWords = useErrorWords()
  const { client } = useEngine()
  const accounts = useAccounts()
  const current = useConnection().status?.account ?? null
  const use = useMutation({ mutationFn: ({ address }: Account) => client.connections.use({ address }) })
  return (
    <>
      {use.error !== null && <ErrorWords {...errorWords(toAppError(use.error))} />}
      {accounts.length === 0 && <Text>{t('account.none')}</Text>}
      <ul className={styles.list}>
        {accounts.map((account) => (
          <li key={account.address} className={styles.account}>
            <div className={styles.head}>
              <Text weight="semibold" className={styles.name}>
                {account.isDemo ? t('account.demo') : account.address}
              </Text>
              {account.address === current?.address ? (
                <Badge appearance="tint">{t('settings.accountInUse')}</Badge>
              ) : (
                <Button size="small" disabledFocusable={use.isPending} onClick={() => use.mutate(account)}>
                  {t('settings.accountUse')}
                </Button>
              )}
            </div>
            <AccountFacts account={account} />
          </li>
        ))}
      </ul>
      <div>
        <Button icon={<PersonAddRegular />} onClick={props.onConnect}>
          {t('account.connect')}
        </Button>
      </div>
    </>
  )
}
