// biome-ignore-all lint/a11y/useSemanticElements: a cell of an ARIA grid; a <th> cannot stand outside of a table
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus is on people; a heading is read on the way to them
import { makeStyles, tokens } from '@fluentui/react-components'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../ui/use-formats.ts'
import type { GridSection } from './grid-layout.ts'
import { EDGE_PX, GROUP_PX } from './grid-layout.ts'

const useStyles = makeStyles({
  heading: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    height: `${GROUP_PX}px`,
    boxSizing: 'border-box',
    paddingInline: `${EDGE_PX + 6}px`,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
    cursor: 'default',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  name: { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
  count: {
    color: tokens.colorNeutralForeground3,
    fontWeight: tokens.fontWeightRegular,
    fontSize: tokens.fontSizeBase200,
    fontVariantNumeric: 'tabular-nums',
  },
  sticky: { position: 'sticky', height: 0, zIndex: 2 },
})

/** The name of a group and how many are in it. A click selects them. */
export function GroupHeading({ section }: { section: GridSection }) {
  const styles = useStyles()
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <div
      role="rowheader"
      className={styles.heading}
      title={t('grid.selectGroup')}
      data-group-first={section.firstIndex}
      data-group-count={section.count}
    >
      <span className={styles.name} dir="auto">
        {section.name === '' ? t('filters.unnamed') : section.name}
      </span>
      <span className={styles.count}>{formats.number(section.count)}</span>
    </div>
  )
}

/** The heading of the group at the top of the screen, which stays in sight. The real one is in the grid and is read there. */
export function StickyHeading({ section, topPx }: { section: GridSection; topPx: number }) {
  const styles = useStyles()
  if (section.name === null) return null
  return (
    <div className={styles.sticky} style={{ top: topPx }} aria-hidden="true" data-sticky-heading={section.name}>
      <GroupHeading section={section} />
    </div>
  )
}
