import { makeStyles, PortalMountNodeProvider } from '@fluentui/react-components'
import type { ReactNode } from 'react'
import { useState } from 'react'

const useStyles = makeStyles({
  // No box of its own: it takes no room, and what opens in it is placed as it would be at the end of the page.
  place: { display: 'contents' },
})

/**
 * Keeps what opens over the page from in here (menus, lists, hints) in here. Fluent puts it at the end of the document, outside
 * of every landmark and dialog, where those who go from landmark to landmark with a screen reader do not come upon it.
 */
export function OverlaysWithin(props: { children: ReactNode }) {
  const styles = useStyles()
  const [place, setPlace] = useState<HTMLElement | null>(null)
  return (
    <PortalMountNodeProvider value={place ?? undefined}>
      {props.children}
      <div ref={setPlace} className={styles.place} />
    </PortalMountNodeProvider>
  )
}
