import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Tooltip,
  tokens,
} from '@fluentui/react-components'
import {
  ArrowSortDownRegular,
  ArrowSortUpRegular,
  CircleRegular,
  GridRegular,
  SquareRegular,
  TableRegular,
} from '@fluentui/react-icons'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PeopleGrouping, PeopleSort } from '../../shared/people.ts'
import { PEOPLE_GROUPINGS, PEOPLE_SORTS } from '../../shared/people.ts'
import type { ViewState } from './use-view-state.ts'

const useStyles = makeStyles({
  controls: { display: 'flex', alignItems: 'center', flexShrink: 0, gap: tokens.spacingHorizontalXS },
})

const AUTOMATIC = 'automatic'
const SORTS = PEOPLE_SORTS.filter((sort) => sort !== 'relevance')
type Group = PeopleGrouping | 'none'

/** In what order, which way round, and in what groups (F33, F34). */
function OrderMenu({ view }: { view: ViewState }) {
  const { t } = useTranslation()
  const chosen = {
    sort: [view.sort ?? AUTOMATIC],
    direction: [view.isDescending ? 'descending' : 'ascending'],
    group: [view.group ?? 'none'],
  }
  const choose = (name: string, value: string | undefined) => {
    if (name === 'sort') view.setOrder(SORTS.find((sort) => sort === value) ?? null, view.isDescending)
    else if (name === 'direction') view.setOrder(view.sort, value === 'descending')
    else view.setGroup(PEOPLE_GROUPINGS.find((group) => group === value) ?? null)
  }
  const item = (name: string, value: string, words: string) => (
    <MenuItemRadio key={value} name={name} value={value}>
      {words}
    </MenuItemRadio>
  )
  const isSearching = view.query.text.trim() !== ''
  const sortedBy = view.sort ?? (isSearching ? 'relevance' : 'people')
  const Arrow = view.isDescending ? ArrowSortDownRegular : ArrowSortUpRegular
  return (
    <Menu
      positioning={{ autoSize: true }}
      checkedValues={chosen}
      onCheckedValueChange={(_, { name, checkedItems }) => choose(name, checkedItems[0])}
    >
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" size="small" icon={<Arrow />}>
          {t('sort.button', { sort: t(`sort.${sortedBy}`) })}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>{t('sort.by')}</MenuGroupHeader>
            {[AUTOMATIC, ...SORTS].map((sort) =>
              item('sort', sort, t(`sort.${sort as PeopleSort | typeof AUTOMATIC}`)),
            )}
          </MenuGroup>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>{t('sort.direction')}</MenuGroupHeader>
            {item('direction', 'ascending', t('sort.ascending'))}
            {item('direction', 'descending', t('sort.descending'))}
          </MenuGroup>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>{t('group.by')}</MenuGroupHeader>
            {['none', ...PEOPLE_GROUPINGS].map((group) => item('group', group, t(`group.${group as Group}`)))}
          </MenuGroup>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}

/** The order, the shape of the faces, and faces or table. */
export function ViewControls({ view }: { view: ViewState }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const toggle = (label: string, icon: ReactElement, isPressed: boolean, onClick: () => void) => (
    <Tooltip content={label} relationship="label">
      <Button size="small" appearance="subtle" icon={icon} aria-pressed={isPressed} onClick={onClick} />
    </Tooltip>
  )
  const isTable = view.view === 'table'
  return (
    <div className={styles.controls}>
      <OrderMenu view={view} />
      {toggle(t('view.round'), view.isRound ? <CircleRegular /> : <SquareRegular />, view.isRound, () =>
        view.setRound(!view.isRound),
      )}
      {toggle(t('view.table'), isTable ? <TableRegular /> : <GridRegular />, isTable, () =>
        view.setView(isTable ? 'faces' : 'table'),
      )}
    </div>
  )
}
