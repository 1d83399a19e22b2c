import { DialogSurface } from '@fluentui/react-components'
import type { ComponentProps } from 'react'
import { OverlaysWithin } from './overlays-within.tsx'

/** The box of a dialog, with the lists and hints that open from it. */
export function DialogBox({ children, ...rest }: ComponentProps<typeof DialogSurface>) {
  return (
    <DialogSurface {...rest}>
      <OverlaysWithin>{children}</OverlaysWithin>
    </DialogSurface>
  )
}
