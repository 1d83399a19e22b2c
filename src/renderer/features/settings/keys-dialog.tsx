import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogTitle,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { useKeyNames } from '../../i18n/use-key-names.ts'
import { DialogBox } from '../../ui/dialog-box.tsx'

const KEY_GROUPS = {
  find: ['Ctrl+F  /', 'Esc'],
  move: ['← ↑ → ↓', 'Home  End', 'Ctrl+Home  Ctrl+End', 'Page Up  Page Down', 'Ctrl+← ↑ → ↓', 'A–Z', '↑'],
  select: ['Ctrl+Space', 'Shift+← ↑ → ↓', 'Ctrl+A', 'Ctrl+Shift+A', 'Ctrl+I', '⬚'],
  act: ['Space', 'Enter', 'Ctrl+D', 'Ctrl+C', 'Ctrl+Shift+C', 'F5', 'Ctrl+E', 'Ctrl+K', 'Ctrl+Z', 'Shift+F10'],
  look: ['← →', 'Ctrl+0', 'Ctrl+1', '+  −', 'Esc  Space'],
  view: ['+  −', 'Ctrl+0', 'Ctrl+G', 'Ctrl+B', 'Ctrl+,', 'F1  ?'],
} as const

type Group = keyof typeof KEY_GROUPS
const GROUPS = Object.keys(KEY_GROUPS) as Group[]

const useStyles = makeStyles({
  groups: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))',
    gap: tokens.spacingHorizontalXXL,
    // Room between the words and the line that shows the focus.
    paddingInline: tokens.spacingHorizontalS,
    marginInline: `calc(-1 * ${tokens.spacingHorizontalS})`,
  },
  list: { margin: 0, display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  line: { display: 'flex', justifyContent: 'space-between', gap: tokens.spacingHorizontalM },
  what: { margin: 0, textAlign: 'end', color: tokens.colorNeutralForeground2 },
  key: {
    fontFamily: tokens.fontFamilyBase,
    whiteSpace: 'nowrap',
    padding: `0 ${tokens.spacingHorizontalXS}`,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusSmall,
    backgroundColor: tokens.colorNeutralBackground3,
    fontSize: tokens.fontSizeBase200,
  },
  surface: { maxWidth: '760px' },
})

/** Every key (F97). */
export function KeysDialog(props: { onClose: () => void }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const nameKeys = useKeyNames()
  return (
    <Dialog open onOpenChange={(_, { open }) => !open && props.onClose()}>
      <DialogBox className={styles.surface}>
        <DialogBody>
          <DialogTitle>{t('keys.title')}</DialogTitle>
          {/* It scrolls where the window is low, and nothing in it takes the keyboard. */}
          <DialogContent className={styles.groups} tabIndex={0} role="group" aria-label={t('keys.title')}>
            {GROUPS.map((group) => (
              <section key={group}>
                <Text as="h3" weight="semibold">
                  {t(`keys.${group}.title`)}
                </Text>
                <dl className={styles.list}>
                  {KEY_GROUPS[group].map((key, at) => (
                    <div key={key} className={styles.line}>
                      <dt>
                        <kbd className={styles.key}>{nameKeys(key)}</kbd>
                      </dt>
                      <dd className={styles.what}>{t(`keys.${group}.lines`, { returnObjects: true })[at]}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={props.onClose}>
              {t('common.close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogBox>
    </Dialog>
  )
}
