import {
  Avatar,
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
} from '@fluentui/react-components'
import {
  BeakerRegular,
  CertificateRegular,
  ChevronDownRegular,
  DeleteRegular,
  OrganizationRegular,
  PersonAddRegular,
  StethoscopeRegular,
} from '@fluentui/react-icons'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../../shared/connections.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { useAccounts, useConnection } from '../../api/queries.ts'
import { DialogBox } from '../../ui/dialog-box.tsx'
import { HiddenText } from '../../ui/hidden-text.tsx'
import { CertificatesDialog } from './certificates-dialog.tsx'
import { DoctorDialog } from './doctor-dialog.tsx'
import { LdapDialog } from './ldap-dialog.tsx'

const useStyles = makeStyles({
  trigger: { minWidth: 0, maxWidth: '240px' },
  address: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    '@media (max-width: 1100px)': { position: 'absolute', width: '1px', clipPath: 'inset(50%)' },
  },
})

function ForgetDialog(props: { account: Account; onForget: () => void; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog open modalType="alert" onOpenChange={(_, { open }) => !open && props.onClose()}>
      <DialogBox>
        <DialogBody>
          <DialogTitle>{t('account.forgetTitle', { address: props.account.address })}</DialogTitle>
          <DialogContent>{t('account.forgetText')}</DialogContent>
          <DialogActions>
            <Button onClick={props.onClose}>{t('common.cancel')}</Button>
            <Button appearance="primary" onClick={props.onForget}>
              {t('account.forgetConfirm')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogBox>
    </Dialog>
  )
}

/** The account in use, the others, the demo organisation, and forgetting one (F9). */
export function AccountMenu(props: { onConnect: () => void; onError: (thrown: unknown) => void }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const { client } = useEngine()
  const accounts = useAccounts()
  const account = useConnection().status?.account ?? null
  const [isChecking, setIsChecking] = useState(false)
  const [isShowingCertificates, setIsShowingCertificates] = useState(false)
  const [isSettingLdap, setIsSettingLdap] = useState(false)
  const [forgetting, setForgetting] = useState<Account | null>(null)
  const name = account === null ? t('account.none') : account.isDemo ? t('account.demo') : account.address
  const run = (call: Promise<unknown>) => call.catch(props.onError)
  const choose = (address: string | undefined) => {
    const chosen = accounts.find((candidate) => candidate.address === address)
    if (chosen !== undefined && chosen.address !== account?.address)
      run(client.connections.use({ address: chosen.address }))
  }
  return (
    <>
      <Menu
        positioning={{ autoSize: true }}
        checkedValues={{ account: account === null ? [] : [account.address] }}
        onCheckedValueChange={(_, { checkedItems }) => choose(checkedItems[0])}
      >
        <MenuTrigger disableButtonEnhancement>
          <Button
            appearance="subtle"
            className={styles.trigger}
            icon={<Avatar size={24} name={name} color="colorful" aria-hidden="true" />}
          >
            <HiddenText>{t('account.menu')}: </HiddenText>
            <span className={styles.address}>{name}</span>
            <ChevronDownRegular aria-hidden="true" />
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {accounts.length > 0 && (
              <MenuGroup>
                <MenuGroupHeader>{t('account.accounts')}</MenuGroupHeader>
                {accounts.map((kept) => (
                  <MenuItemRadio key={kept.address} name="account" value={kept.address}>
                    {kept.isDemo ? t('account.demo') : kept.address}
                  </MenuItemRadio>
                ))}
              </MenuGroup>
            )}
            {accounts.length > 0 && <MenuDivider />}
            {account?.secretKeptIn === 'this-run' && !account.isDemo && (
              <MenuGroup>
                <MenuGroupHeader>{t('account.keptForThisRun')}</MenuGroupHeader>
              </MenuGroup>
            )}
            <MenuItem icon={<PersonAddRegular />} onClick={props.onConnect}>
              {t('account.connect')}
            </MenuItem>
            {account?.isDemo !== true && (
              <MenuItem icon={<BeakerRegular />} onClick={() => run(client.connections.useDemo())}>
                {t('account.useDemo')}
              </MenuItem>
            )}
            {account !== null && (
              <MenuItem icon={<StethoscopeRegular />} onClick={() => setIsChecking(true)}>
                {t('account.doctor')}
              </MenuItem>
            )}
            {account !== null && !account.isDemo && (
              <MenuItem icon={<CertificateRegular />} onClick={() => setIsShowingCertificates(true)}>
                {t('account.certificates')}
              </MenuItem>
            )}
            {account?.isDemo === false && (
              <MenuItem icon={<OrganizationRegular />} onClick={() => setIsSettingLdap(true)}>
                {t('account.ldap')}
              </MenuItem>
            )}
            {account !== null && (
              <MenuItem icon={<DeleteRegular />} onClick={() => setForgetting(account)}>
                {t('account.forget')}
              </MenuItem>
            )}
          </MenuList>
        </MenuPopover>
      </Menu>
      {isShowingCertificates && account !== null && (
        <CertificatesDialog address={account.address} onClose={() => setIsShowingCertificates(false)} />
      )}
      {isChecking && <DoctorDialog onClose={() => setIsChecking(false)} />}
      {isSettingLdap && <LdapDialog onClose={() => setIsSettingLdap(false)} />}
      {forgetting !== null && (
        <ForgetDialog
          account={forgetting}
          onClose={() => setForgetting(null)}
          onForget={() => {
            setForgetting(null)
            run(client.connections.forget({ address: forgetting.address }))
          }}
        />
      )}
    </>
  )
}
