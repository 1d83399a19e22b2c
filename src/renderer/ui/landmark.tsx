import type { ComponentProps } from 'react'
import { OverlaysWithin } from './overlays-within.tsx'

type Element = 'header' | 'main' | 'aside' | 'footer'

/** A landmark of the window, with the menus and hints that open from it. */
export function Landmark({ as: Element, children, ...rest }: ComponentProps<'div'> & { as: Element }) {
  return (
    <Element {...rest}>
      <OverlaysWithin>{children}</OverlaysWithin>
    </Element>
  )
}
