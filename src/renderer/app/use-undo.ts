import { useCallback, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useAnnounce } from '../ui/announcer.tsx'

/** How many steps can be taken back. */
const MOST_STEPS = 50

/** Something that was done here and can be taken back. */
interface UndoStep {
  /** What was done, in words. */
  readonly title: string
  readonly undo: () => void
}

/** Ways back for everything that changes nothing but this window and its library. */
export interface UndoStack {
  /** Answers what takes this step back, once, wherever it stands by then. */
  remember(title: string, undo: () => void): () => void
  /** Takes the last step back, and says which; says so when there is none. */
  undoLast(): void
}

/** An empty stack; it lasts as long as the window. */
export function useUndo(): UndoStack {
  const { t } = useTranslation()
  const announce = useAnnounce()
  const steps = useRef<UndoStep[]>([])
  const remember = useCallback((title: string, undo: () => void) => {
    const step: UndoStep = { title, undo }
    steps.current = [...steps.current.slice(1 - MOST_STEPS), step]
    return () => {
      if (!steps.current.includes(step)) return
      steps.current = steps.current.filter((other) => other !== step)
      undo()
    }
  }, [])
  const undoLast = useCallback(() => {
    const last = steps.current.pop()
    if (last === undefined) return announce(t('undo.nothing'))
    last.undo()
    announce(t('undo.done', { what: last.title }))
  }, [announce, t])
  return { remember, undoLast }
}
