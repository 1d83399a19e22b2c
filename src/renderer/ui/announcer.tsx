import type { ReactNode } from 'react'
import { createContext, useCallback, useContext, useState } from 'react'
import { HiddenText } from './hidden-text.tsx'

const AnnounceContext = createContext<(text: string) => void>(() => undefined)

/** Gives everything inside one polite live region to speak through. */
export function Announcer(props: { children: ReactNode }) {
  const [text, setText] = useState('')
  const announce = useCallback((next: string) => setText(next), [])
  return (
    <AnnounceContext.Provider value={announce}>
      {props.children}
      <div role="status" aria-live="polite">
        <HiddenText>{text}</HiddenText>
      </div>
    </AnnounceContext.Provider>
  )
}

/** Says a sentence to people who use a screen reader. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnounceContext)
}
