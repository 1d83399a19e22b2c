import { useRef } from 'react'
import type { PeopleQuery } from '../../../shared/people.ts'
import { useEngine } from '../../api/engine-context.tsx'

/** Letters typed within this time belong together, ms. */
const TYPED_TOGETHER_MS = 900

/** Jumps to names as they are typed. */
export interface TypeAhead {
  /** One more letter. The same letter again leads to the next name that begins with it. */
  type(letter: string, activeIndex: number): void
  /** Whether a name is being typed, so that a space belongs to it. */
  isTyping(): boolean
}

/** Jumps to whoever's name begins with what is typed, in the order that is shown; from the active tile on, and round the end. */
export function useTypeAhead(query: PeopleQuery | null, onFound: (index: number) => void): TypeAhead {
  const { client } = useEngine()
  const typed = useRef({ text: '', atMs: Number.NEGATIVE_INFINITY })
  const isTyping = () => performance.now() - typed.current.atMs < TYPED_TOGETHER_MS
  return {
    isTyping,
    type(letter, activeIndex) {
      if (query === null) return
      const before = isTyping() ? typed.current.text : ''
      const isAgain = before === letter
      const text = isAgain ? letter : before + letter
      typed.current = { text, atMs: performance.now() }
      // A longer text may still mean the one who is active; a first or a repeated letter means somebody after.
      const after = before === '' || isAgain ? activeIndex : activeIndex - 1
      client.people.findByName({ query, text, after }).then(
        (index) => {
          if (index !== null && typed.current.text === text) onFound(index)
        },
        () => undefined,
      )
    },
  }
}
