import { Menu, MenuDivider, MenuItem, MenuList, MenuPopover } from '@fluentui/react-components'
import { ArrowExportRegular, ClipboardCheckmarkRegular, CopyRegular, PersonRegular } from '@fluentui/react-icons'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SmtpAddress } from '../../shared/smtp-address.ts'

/** Where the menu was asked for (CSS px in the window), and on whom. */
export interface GridMenuRequest {
  readonly address: SmtpAddress
  readonly at: { readonly x: number; readonly y: number }
}

/** What can be done with the selection, or with the one tile that was clicked. */
export function GridMenu(props: {
  request: GridMenuRequest
  selected: number
  onClose: () => void
  onOpen: (address: SmtpAddress) => void
  onCopyAddresses: () => void
  onExport: () => void
  onCheck: () => void
  onSelectAll: () => void
  onInvert: () => void
}) {
  const { t } = useTranslation()
  const { request, selected } = props
  const { x, y } = request.at
  const target = useMemo(() => ({ getBoundingClientRect: () => new DOMRect(x, y, 0, 0) }), [x, y])
  return (
    <Menu
      open
      positioning={{ target, position: 'below', align: 'start' }}
      onOpenChange={(_, { open }) => !open && props.onClose()}
    >
      <MenuPopover>
        <MenuList>
          <MenuItem icon={<PersonRegular />} secondaryContent="Enter" onClick={() => props.onOpen(request.address)}>
            {t('menu.open')}
          </MenuItem>
          <MenuDivider />
          <MenuItem icon={<ArrowExportRegular />} secondaryContent="Ctrl+E" onClick={props.onExport}>
            {t('menu.export', { count: selected })}
          </MenuItem>
          <MenuItem icon={<ClipboardCheckmarkRegular />} secondaryContent="Ctrl+K" onClick={props.onCheck}>
            {t('menu.check', { count: selected })}
          </MenuItem>
          <MenuItem icon={<CopyRegular />} onClick={props.onCopyAddresses}>
            {t('menu.copy', { count: selected })}
          </MenuItem>
          <MenuDivider />
          <MenuItem secondaryContent="Ctrl+A" onClick={props.onSelectAll}>
            {t('menu.selectAll')}
          </MenuItem>
          <MenuItem secondaryContent="Ctrl+I" onClick={props.onInvert}>
            {t('menu.invert')}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  )
}
