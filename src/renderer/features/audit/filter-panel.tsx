import { Button, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components'
import {
  BuildingRegular,
  CheckmarkRegular,
  ClockRegular,
  CloudDismissRegular,
  ContactCardRegular,
  CropRegular,
  DocumentErrorRegular,
  DoorArrowLeftRegular,
  ImageOffRegular,
  ImageProhibitedRegular,
  ImageRegular,
  LocationRegular,
  MailInboxRegular,
  PeopleListRegular,
  PeopleTeamRegular,
  PersonRegular,
  QuestionCircleRegular,
  ResizeImageRegular,
  ScaleFitRegular,
  TagRegular,
  ToolboxRegular,
  WarningRegular,
} from '@fluentui/react-icons'
import type { ReactNode } from 'react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChipCounts } from '../../../shared/contract/people.ts'
import type { FindingCode, MailboxKind, PeopleFilter, PhotoState } from '../../../shared/people.ts'
import { FINDING_CODES, MAILBOX_KINDS, PHOTO_STATES } from '../../../shared/people.ts'
import { useFormats } from '../../ui/use-formats.ts'

const STATE_ICONS: Record<PhotoState, ReactNode> = {
  photo: <ImageRegular />,
  'thumbnail-only': <ContactCardRegular />,
  none: <ImageOffRegular />,
  'not-available-here': <CloudDismissRegular />,
  'could-not-ask': <WarningRegular />,
  'not-asked': <ClockRegular />,
  'not-expected': <PeopleTeamRegular />,
}

/** `missing` and `thumbnail-only` are states already; as findings they would be the same people twice. */
const FINDING_ICONS: Partial<Record<FindingCode, ReactNode>> = {
  'low-resolution': <ScaleFitRegular />,
  'improvable-resolution': <ResizeImageRegular />,
  'not-square': <CropRegular />,
  unreadable: <ImageProhibitedRegular />,
  'wrong-type': <DocumentErrorRegular />,
  'too-large': <ImageRegular />,
  'has-location': <LocationRegular />,
}

const KIND_ICONS: Record<MailboxKind, ReactNode> = {
  person: <PersonRegular />,
  room: <DoorArrowLeftRegular />,
  equipment: <ToolboxRegular />,
  shared: <MailInboxRegular />,
  list: <PeopleListRegular />,
  contact: <ContactCardRegular />,
  other: <QuestionCircleRegular />,
}

/** Values of a long group that are shown before "show all". */
const FIRST_VALUES = 8

const useStyles = makeStyles({
  group: { paddingBottom: tokens.spacingVerticalM },
  heading: {
    display: 'block',
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM} ${tokens.spacingVerticalXXS}`,
    color: tokens.colorNeutralForeground3,
  },
  list: { listStyleType: 'none', margin: 0, padding: `0 ${tokens.spacingHorizontalS}` },
  chip: {
    display: 'flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    width: '100%',
    minHeight: '30px',
    padding: `2px ${tokens.spacingHorizontalS}`,
    border: 'none',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: 'transparent',
    color: tokens.colorNeutralForeground1,
    fontFamily: 'inherit',
    fontSize: tokens.fontSizeBase300,
    textAlign: 'start',
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground2Hover },
    ':active': { backgroundColor: tokens.colorNeutralBackground2Pressed },
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  pressed: {
    backgroundColor: tokens.colorBrandBackground2,
    color: tokens.colorBrandForeground2,
    fontWeight: tokens.fontWeightSemibold,
    ':hover': { backgroundColor: tokens.colorBrandBackground2Hover },
    '@media (forced-colors: active)': { outline: '2px solid Highlight' },
  },
  icon: { display: 'flex', fontSize: '18px', flexShrink: 0 },
  label: {
    flexGrow: 1,
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    '::first-letter': { textTransform: 'uppercase' },
  },
  count: {
    color: tokens.colorNeutralForeground3,
    fontVariantNumeric: 'tabular-nums',
    fontSize: tokens.fontSizeBase200,
  },
  pressedCount: { color: tokens.colorBrandForeground2 },
  more: { marginInlineStart: tokens.spacingHorizontalS },
})

interface Choice {
  readonly key: string
  readonly label: string
  readonly icon: ReactNode
  readonly count: number
}

function Chip(props: { choice: Choice; isPressed: boolean; onToggle: () => void }) {
  const styles = useStyles()
  const formats = useFormats()
  const { choice, isPressed } = props
  return (
    <li>
      <button
        type="button"
        className={mergeClasses(styles.chip, isPressed && styles.pressed)}
        aria-pressed={isPressed}
        onClick={props.onToggle}
        title={choice.label}
      >
        <span className={styles.icon} aria-hidden="true">
          {isPressed ? <CheckmarkRegular /> : choice.icon}
        </span>
        <span className={styles.label}>
          <bdi>{choice.label}</bdi>
        </span>
        <span className={mergeClasses(styles.count, isPressed && styles.pressedCount)}>
          {formats.number(choice.count)}
        </span>
      </button>
    </li>
  )
}

function ChipGroup(props: {
  title: string
  choices: readonly Choice[]
  pressed: readonly string[]
  onToggle: (key: string) => void
}) {
  const styles = useStyles()
  const { t } = useTranslation()
  const headingId = useId()
  const [isWhole, setIsWhole] = useState(false)
  const useful = props.choices.filter(({ key, count }) => count > 0 || props.pressed.includes(key))
  if (useful.length === 0) return null
  const isLong = useful.length > FIRST_VALUES + 1
  const shown =
    isLong && !isWhole ? useful.filter(({ key }, at) => at < FIRST_VALUES || props.pressed.includes(key)) : useful
  return (
    <section className={styles.group} aria-labelledby={headingId}>
      <Text id={headingId} as="h3" size={200} weight="semibold" className={styles.heading}>
        {props.title}
      </Text>
      <ul className={styles.list}>
        {shown.map((choice) => (
          <Chip
            key={choice.key}
            choice={choice}
            isPressed={props.pressed.includes(choice.key)}
            onToggle={() => props.onToggle(choice.key)}
          />
        ))}
      </ul>
      {isLong && (
        <Button
          className={styles.more}
          appearance="transparent"
          size="small"
          aria-expanded={isWhole}
          onClick={() => setIsWhole(!isWhole)}
        >
          {isWhole ? t('filters.fewer') : t('filters.all', { count: useful.length })}
        </Button>
      )}
    </section>
  )
}

function without<Value>(values: readonly Value[], value: Value): Value[] {
  return values.filter((other) => other !== value)
}

/** The filter with one chip of one group turned round. */
export function toggleChip<Group extends keyof PeopleFilter>(
  filter: PeopleFilter,
  group: Group,
  key: PeopleFilter[Group][number],
): PeopleFilter {
  const pressed: readonly PeopleFilter[Group][number][] = filter[group]
  return { ...filter, [group]: pressed.includes(key) ? without(pressed, key) : [...pressed, key] }
}

/** How many chips are pressed. */
export function countFilters(filter: PeopleFilter): number {
  return Object.values(filter).reduce((sum, pressed) => sum + pressed.length, 0)
}

/** The counts in an order that stays when they change. */
function inOrder<Key extends string>(counts: readonly { key: Key; count: number }[], order: readonly Key[]) {
  return [...counts].sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key))
}

/** Chips with counts over the grid: OR inside a group, AND between groups (F35). */
export function FilterPanel(props: {
  filter: PeopleFilter
  counts: ChipCounts | null
  onChange: (filter: PeopleFilter) => void
}) {
  const { t } = useTranslation()
  const { filter, counts, onChange } = props
  if (counts === null) return null
  const toggle =
    <Group extends keyof PeopleFilter>(group: Group) =>
    (key: string) =>
      onChange(toggleChip(filter, group, key as PeopleFilter[Group][number]))
  const named = (values: readonly { key: string; count: number }[], icon: ReactNode): Choice[] =>
    values.map(({ key, count }) => ({ key, count, icon, label: key === '' ? t('filters.unnamed') : key }))
  return (
    <>
      <ChipGroup
        title={t('filters.photo')}
        choices={inOrder(counts.states, PHOTO_STATES).map(({ key, count }) => ({
          key,
          count,
          label: t(`state.${key}`),
          icon: STATE_ICONS[key],
        }))}
        pressed={filter.states}
        onToggle={toggle('states')}
      />
      <ChipGroup
        title={t('filters.findings')}
        choices={inOrder(counts.findings, FINDING_CODES)
          .filter(({ key }) => FINDING_ICONS[key] !== undefined)
          .map(({ key, count }) => ({ key, count, label: t(`finding.${key}`), icon: FINDING_ICONS[key] }))}
        pressed={filter.findings}
        onToggle={toggle('findings')}
      />
      <ChipGroup
        title={t('filters.kinds')}
        choices={inOrder(counts.kinds, MAILBOX_KINDS).map(({ key, count }) => ({
          key,
          count,
          label: t(`kinds.${key}`),
          icon: KIND_ICONS[key],
        }))}
        pressed={filter.kinds}
        onToggle={toggle('kinds')}
      />
      <ChipGroup
        title={t('filters.departments')}
        choices={named(counts.departments, <TagRegular />)}
        pressed={filter.departments}
        onToggle={toggle('departments')}
      />
      <ChipGroup
        title={t('filters.offices')}
        choices={named(counts.offices, <BuildingRegular />)}
        pressed={filter.offices}
        onToggle={toggle('offices')}
      />
    </>
  )
}
