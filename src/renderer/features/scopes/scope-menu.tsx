import {
  Menu,
  MenuButton,
  MenuDivider,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  tokens,
} from '@fluentui/react-components'
import {
  BookmarkRegular,
  ClipboardPasteRegular,
  DeleteRegular,
  PeopleListRegular,
  PeopleRegular,
  RenameRegular,
  SearchRegular,
} from '@fluentui/react-icons'
import { useTranslation } from 'react-i18next'
import type { SavedScope } from '../../../shared/scopes.ts'
import { useFormats } from '../../ui/use-formats.ts'

const useStyles = makeStyles({
  button: { maxWidth: '190px', minWidth: 0, flexShrink: 1, fontWeight: tokens.fontWeightRegular },
  words: {
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    minWidth: 0,
    '@media (max-width: 560px)': { display: 'none' },
  },
})

const EVERYBODY = ''

/** What a scope menu asks of the window. */
export interface ScopeMenuProps {
  readonly scopes: readonly SavedScope[]
  readonly chosen: SavedScope | null
  readonly isDisabled: boolean
  /** There is a selection, or a search or filter, that can be kept. */
  readonly canKeepSelection: boolean
  readonly canKeepSearch: boolean
  readonly onChoose: (scope: SavedScope | null) => void
  readonly onBringList: () => void
  readonly onExpandList: () => void
  readonly onKeepSelection: () => void
  readonly onKeepSearch: () => void
  readonly onRename: (scope: SavedScope) => void
  readonly onRemove: (scope: SavedScope) => void
}

/** Whom the window is about: everybody, or a saved scope; and the ways to make one (F14–F16, F19). */
export function ScopeMenu(props: ScopeMenuProps) {
  const styles = useStyles()
  const { t } = useTranslation()
  const formats = useFormats()
  const { scopes, chosen } = props
  const name = chosen?.name ?? t('scopes.everybody')
  return (
    <Menu
      positioning={{ autoSize: true }}
      checkedValues={{ scope: [chosen?.id ?? EVERYBODY] }}
      onCheckedValueChange={(_, { checkedItems }) =>
        props.onChoose(scopes.find(({ id }) => id === checkedItems[0]) ?? null)
      }
    >
      <MenuTrigger disableButtonEnhancement>
        <MenuButton
          className={styles.button}
          appearance="subtle"
          icon={chosen === null ? <PeopleRegular /> : <PeopleListRegular />}
          disabled={props.isDisabled}
          aria-label={t('scopes.button', { name })}
          title={t('scopes.button', { name })}
        >
          <span className={styles.words} dir="auto">
            {name}
          </span>
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {[
            <MenuItemRadio key={EVERYBODY} name="scope" value={EVERYBODY}>
              {t('scopes.everybody')}
            </MenuItemRadio>,
            ...scopes.map((scope) => (
              <MenuItemRadio
                key={scope.id}
                name="scope"
                value={scope.id}
                secondaryContent={scope.count === null ? t('scopes.search') : formats.number(scope.count)}
              >
                {scope.name}
              </MenuItemRadio>
            )),
          ]}
          <MenuDivider />
          <MenuItem icon={<ClipboardPasteRegular />} onClick={props.onBringList}>
            {t('scopes.bringList')}
          </MenuItem>
          <MenuItem icon={<PeopleListRegular />} onClick={props.onExpandList}>
            {t('scopes.expandList')}
          </MenuItem>
          <MenuItem icon={<BookmarkRegular />} disabled={!props.canKeepSelection} onClick={props.onKeepSelection}>
            {t('scopes.keepSelection')}
          </MenuItem>
          <MenuItem icon={<SearchRegular />} disabled={!props.canKeepSearch} onClick={props.onKeepSearch}>
            {t('scopes.keepSearch')}
          </MenuItem>
          {chosen !== null && (
            <>
              <MenuDivider />
              <MenuItem icon={<RenameRegular />} onClick={() => props.onRename(chosen)}>
                {t('scopes.rename')}
              </MenuItem>
              <MenuItem icon={<DeleteRegular />} onClick={() => props.onRemove(chosen)}>
                {t('scopes.remove')}
              </MenuItem>
            </>
          )}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
