import { makeStyles } from '@fluentui/react-components'
import type { ComponentProps } from 'react'
import { EmptyState } from '../ui/empty-state.tsx'

const useStyles = makeStyles({ reason: { height: '100%' } })

/** Why there is no window: all that there is on the page. */
export function Reason(props: Pick<ComponentProps<typeof EmptyState>, 'icon' | 'title' | 'text' | 'actions'>) {
  const styles = useStyles()
  return (
    <main className={styles.reason}>
      <EmptyState heading="h1" {...props} />
    </main>
  )
}
