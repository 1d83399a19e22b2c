import { type GriffelStyle, makeStyles, tokens } from '@fluentui/react-components'
import { HIDDEN_STYLE } from '../../ui/hidden-text.tsx'
import { INITIALS_STYLE } from '../../ui/initials.ts'

/** A line of text under a face. Clipped and not hidden: what is hidden could be scrolled, which each line would be prepared for. */
const TEXT_LINE: GriffelStyle = {
  width: '100%',
  textAlign: 'center',
  overflow: 'clip',
  whiteSpace: 'nowrap',
  textOverflow: 'ellipsis',
  fontSize: tokens.fontSizeBase200,
  lineHeight: '18px',
}

/** How tiles look, at rest and while the grid flies past. */
export const useTileStyles = makeStyles({
  tile: {
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    minWidth: 0,
    boxSizing: 'border-box',
    padding: '6px',
    borderRadius: tokens.borderRadiusLarge,
    cursor: 'default',
    outline: 'none',
    contain: 'strict',
    color: tokens.colorNeutralForeground1,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':hover [data-check]': { opacity: 1 },
    ':focus-visible': { boxShadow: `inset 0 0 0 2px ${tokens.colorStrokeFocus2}` },
    '@media (forced-colors: active)': { ':focus-visible': { outline: '2px solid Highlight', outlineOffset: '-2px' } },
  },
  selected: {
    backgroundColor: tokens.colorBrandBackground2,
    boxShadow: `inset 0 0 0 1px ${tokens.colorBrandStroke1}`,
    ':hover': { backgroundColor: tokens.colorBrandBackground2Hover },
    ':focus-visible': { boxShadow: `inset 0 0 0 2px ${tokens.colorStrokeFocus2}` },
    '@media (forced-colors: active)': { outline: '2px dotted Highlight', outlineOffset: '-3px' },
  },
  picture: { position: 'relative', flexShrink: 0 },
  name: { ...TEXT_LINE, marginTop: '4px', fontWeight: tokens.fontWeightMedium },
  department: { ...TEXT_LINE, color: tokens.colorNeutralForeground3 },
  initials: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    flexShrink: 0,
    borderRadius: tokens.borderRadiusMedium,
    ...INITIALS_STYLE,
  },
  round: { borderRadius: '50%' },
  blank: { backgroundColor: tokens.colorNeutralStencil1 },
  line: { width: '65%', height: '10px', margin: '8px 0 4px', borderRadius: '5px' },
  heard: HIDDEN_STYLE,
})
