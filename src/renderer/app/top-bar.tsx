import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  SearchBox,
  Text,
  Tooltip,
  tokens,
} from '@fluentui/react-components'
import {
  ArrowExportRegular,
  ClipboardCheckmarkRegular,
  KeyboardRegular,
  MoreHorizontalRegular,
  PanelLeftRegular,
  SettingsRegular,
} from '@fluentui/react-icons'
import type { KeyboardEvent, ReactElement, ReactNode, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import iconUrl from '../../../resources/icon.svg?no-inline'
import { useKeyNames } from '../i18n/use-key-names.ts'
import { Landmark } from '../ui/landmark.tsx'
import { useMedia } from '../ui/use-media.ts'

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    minHeight: '52px',
    '@media (max-height: 450px)': { minHeight: '40px' },
    padding: `0 ${tokens.spacingHorizontalM}`,
    backgroundColor: tokens.colorNeutralBackground2,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    flexShrink: 0,
  },
  brand: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalS, flexShrink: 0 },
  icon: { width: '24px', height: '24px', display: 'block' },
  name: { '@media (max-width: 1000px)': { display: 'none' } },
  middle: {
    flexGrow: 1,
    display: 'flex',
    justifyContent: 'center',
    alignItems: 'center',
    gap: tokens.spacingHorizontalXS,
    minWidth: '120px',
  },
  search: { flexGrow: 1, flexBasis: 0, minWidth: '90px', maxWidth: '560px' },
  end: { display: 'flex', alignItems: 'center', gap: tokens.spacingHorizontalXS, flexShrink: 0 },
})

/** Where there is no room for words. */
const NARROW = '(max-width: 1000px)'

interface TopBarProps {
  readonly text: string
  readonly onText: (text: string) => void
  readonly searchRef: Ref<HTMLInputElement>
  /** Enter or the down arrow in the search box. */
  readonly onToGrid: () => void
  readonly hasFilters: boolean
  readonly onToggleFilters: () => void
  readonly canWork: boolean
  readonly onCheck: () => void
  readonly onExport: () => void
  readonly onSettings: () => void
  readonly onKeys: () => void
  readonly scope: ReactNode
  readonly account: ReactNode
}

function MoreMenu({ onSettings, onKeys }: { onSettings: () => void; onKeys: () => void }) {
  const { t } = useTranslation()
  const nameKeys = useKeyNames()
  return (
    <Menu positioning={{ autoSize: true }}>
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content={t('bar.more')} relationship="label">
          <Button appearance="subtle" icon={<MoreHorizontalRegular />} />
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem icon={<SettingsRegular />} secondaryContent={nameKeys('Ctrl+,')} onClick={onSettings}>
            {t('settings.title')}
          </MenuItem>
          <MenuItem icon={<KeyboardRegular />} secondaryContent="F1" onClick={onKeys}>
            {t('keys.title')}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}

/** Search, the two big tasks, the account. */
export function TopBar(props: TopBarProps) {
  const styles = useStyles()
  const { t } = useTranslation()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'ArrowDown') return
    event.preventDefault()
    props.onToGrid()
  }
  const isNarrow = useMedia(NARROW)
  const action = (label: string, icon: ReactElement, run: () => void) => {
    const shared = { appearance: 'subtle', icon, disabled: !props.canWork, onClick: run } as const
    if (!isNarrow) return <Button {...shared}>{label}</Button>
    return (
      <Tooltip content={label} relationship="label">
        <Button {...shared} />
      </Tooltip>
    )
  }
  return (
    <Landmark as="header" className={styles.bar}>
      <div className={styles.brand}>
        <Tooltip content={t('bar.toggleFilters')} relationship="label">
          <Button
            appearance="subtle"
            icon={<PanelLeftRegular />}
            aria-pressed={props.hasFilters}
            onClick={props.onToggleFilters}
          />
        </Tooltip>
        <img className={styles.icon} src={iconUrl} alt="" />
        <Text as="h1" weight="semibold" size={400} className={styles.name}>
          Rollcall
        </Text>
      </div>
      <search className={styles.middle}>
        {props.scope}
        <SearchBox
          input={{ ref: props.searchRef }}
          className={styles.search}
          value={props.text}
          placeholder={t('bar.search')}
          aria-label={t('bar.searchLabel')}
          onChange={(_, { value }) => props.onText(value)}
          onKeyDown={onKeyDown}
        />
      </search>
      <div className={styles.end}>
        {action(t('bar.check'), <ClipboardCheckmarkRegular />, props.onCheck)}
        {action(t('bar.export'), <ArrowExportRegular />, props.onExport)}
        {props.account}
        <MoreMenu onSettings={props.onSettings} onKeys={props.onKeys} />
      </div>
    </Landmark>
  )
}
