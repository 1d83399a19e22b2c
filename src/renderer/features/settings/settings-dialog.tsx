import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Tab,
  TabList,
  tokens,
} from '@fluentui/react-components'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DialogBox } from '../../ui/dialog-box.tsx'
import { AccountSettings } from './account-settings.tsx'
import { AppearanceSettings } from './appearance-settings.tsx'
import { CheckSettings } from './check-settings.tsx'
import { ExportSettings } from './export-settings.tsx'
import { LibrarySettings } from './library-settings.tsx'
import { NetworkSettings } from './network-settings.tsx'
import { PrivacySettings } from './privacy-settings.tsx'
import { SignInSettings } from './sign-in-settings.tsx'
import { useUndoableSettings } from './use-undoable-settings.ts'

const useStyles = makeStyles({
  surface: { maxWidth: 'min(900px, calc(100vw - 32px))' },
  content: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  // Beyond the dialog's edge nobody would look for them.
  tabs: { flexWrap: 'wrap' },
  panel: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    // As high as the longest page, so that nothing jumps from one to the other.
    minHeight: '380px',
  },
})

const PAGES = {
  appearance: AppearanceSettings,
  library: LibrarySettings,
  checks: CheckSettings,
  network: NetworkSettings,
  privacy: PrivacySettings,
  exports: ExportSettings,
  signIn: SignInSettings,
} as const
const PAGE_NAMES = ['appearance', 'accounts', 'library', 'checks', 'exports', 'network', 'privacy', 'signIn'] as const

/** A page of the settings. */
export type SettingsPage = (typeof PAGE_NAMES)[number]

/** All settings, a page each. Everything applies at once and can be taken back. */
export function SettingsDialog(props: { firstPage?: SettingsPage; onConnect: () => void; onClose: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const undoable = useUndoableSettings()
  const [shown, setShown] = useState<SettingsPage>(props.firstPage ?? 'appearance')
  const id = useId()
  const Page = shown === 'accounts' ? null : PAGES[shown]
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && props.onClose()}>
      <DialogBox className={styles.surface}>
        <DialogBody>
          <DialogTitle>{t('settings.title')}</DialogTitle>
          <DialogContent className={styles.content}>
            <TabList
              className={styles.tabs}
              selectedValue={shown}
              onTabSelect={(_, { value }) => setShown(PAGE_NAMES.find((name) => name === value) ?? 'appearance')}
            >
              {PAGE_NAMES.map((name) => (
                <Tab key={name} value={name} id={`${id}-${name}`}>
                  {t(`settings.${name}`)}
                </Tab>
              ))}
            </TabList>
            <div role="tabpanel" aria-labelledby={`${id}-${shown}`} className={styles.panel}>
              {Page === null ? (
                <AccountSettings onConnect={props.onConnect} />
              ) : (
                <Page settings={undoable.settings} update={undoable.update} />
              )}
            </div>
          </DialogContent>
          <DialogActions fluid>
            <Button disabledFocusable={!undoable.canUndo} onClick={undoable.undo}>
              {t('settings.undo')}
            </Button>
            <Button onClick={undoable.reset}>{t('settings.reset')}</Button>
            <Button appearance="primary" onClick={props.onClose}>
              {t('common.close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogBox>
    </Dialog>
  )
}
