import { Menu, MenuDivider, MenuItem, MenuList, MenuPopover } from '@fluentui/react-components'
import {
  ArrowClockwiseRegular,
  ArrowExportRegular,
  CheckmarkNoteRegular,
  ClipboardCheckmarkRegular,
  CopyRegular,
  EyeRegular,
  ImageCopyRegular,
  PersonRegular,
  SlideTextPersonRegular,
} from '@fluentui/react-icons'
import type { ReactElement } from 'react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { useKeyNames } from '../i18n/use-key-names.ts'

/** Where the menu was asked for (CSS px in the window), and on whom. */
export interface GridMenuRequest {
  readonly address: SmtpAddress
  readonly index: number
  readonly at: { readonly x: number; readonly y: number }
}

/** What can be done from the menu. */
export interface GridCommands {
  readonly open: (address: SmtpAddress) => void
  readonly quickLook: (index: number) => void
  readonly compare: () => void
  readonly copyAddresses: () => void
  readonly copyPicture: () => void
  readonly refreshPhotos: () => void
  readonly exportPhotos: () => void
  readonly checkPhotos: () => void
  readonly showFindings: () => void
  readonly selectAll: () => void
  readonly selectNone: () => void
  readonly invertSelection: () => void
}

/** What can be done with the selection, or with the one tile that was clicked. */
export function GridMenu(props: {
  request: GridMenuRequest
  selected: number
  canCompare: boolean
  isOnline: boolean
  commands: GridCommands
  onClose: () => void
}) {
  const { t } = useTranslation()
  const nameKeys = useKeyNames()
  const { request, selected: count, commands } = props
  const { x, y } = request.at
  const target = useMemo(() => ({ getBoundingClientRect: () => new DOMRect(x, y, 0, 0) }), [x, y])
  const item = (words: string, keys: string, icon: ReactElement | null, run: () => void, isDisabled = false) => (
    <MenuItem icon={icon} secondaryContent={nameKeys(keys)} disabled={isDisabled} onClick={run}>
      {words}
    </MenuItem>
  )
  return (
    <Menu
      open
      hasIcons
      positioning={{ target, position: 'below', align: 'start', shiftToCoverTarget: true, autoSize: true }}
      onOpenChange={(_, { open }) => !open && props.onClose()}
    >
      <MenuPopover>
        <MenuList>
          {item(t('menu.look'), 'Space', <EyeRegular />, () => commands.quickLook(request.index))}
          {item(t('menu.open'), 'Enter', <PersonRegular />, () => commands.open(request.address))}
          {item(t('menu.compare'), 'Ctrl+D', <SlideTextPersonRegular />, commands.compare, !props.canCompare)}
          <MenuDivider />
          {item(t('menu.export', { count }), 'Ctrl+E', <ArrowExportRegular />, commands.exportPhotos)}
          {item(t('menu.check', { count }), 'Ctrl+K', <ClipboardCheckmarkRegular />, commands.checkPhotos)}
          {item(t('menu.findings'), '', <CheckmarkNoteRegular />, commands.showFindings)}
          {item(t('menu.refresh', { count }), 'F5', <ArrowClockwiseRegular />, commands.refreshPhotos, !props.isOnline)}
          {item(t('menu.copy', { count }), 'Ctrl+C', <CopyRegular />, commands.copyAddresses)}
          {item(t('menu.copyPicture'), 'Ctrl+Shift+C', <ImageCopyRegular />, commands.copyPicture, count !== 1)}
          <MenuDivider />
          {item(t('menu.selectAll'), 'Ctrl+A', null, commands.selectAll)}
          {item(t('menu.selectNone'), 'Ctrl+Shift+A', null, commands.selectNone)}
          {item(t('menu.invert'), 'Ctrl+I', null, commands.invertSelection)}
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
