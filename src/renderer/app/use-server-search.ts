import { useEffect, useRef, useState } from 'react'
import { useEngine } from '../api/engine-context.tsx'

/** Pause in the typing after which the server is asked too, ms. */
const TYPING_PAUSE_MS = 350
/** Shorter texts find too much to be worth a request. */
const MIN_LETTERS = 2

/** What the server said about the text that is searched for. */
export type ServerSearch =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly isComplete: boolean }
  | { readonly kind: 'failed' }

const IDLE: ServerSearch = { kind: 'idle' }

/** Asks the server for more people of a text once the typing pauses; each text once. Whom it finds are merged in by events. */
export function useServerSearch(
  text: string,
  isOnline: boolean,
  accountAddress: string | null,
): { readonly server: ServerSearch; askAgain(): void } {
  const { client } = useEngine()
  const answers = useRef(new Map<string, ServerSearch>())
  const [state, setState] = useState<ServerSearch>(IDLE)
  const [round, setRound] = useState(0)
  const asked = text.trim().toLocaleLowerCase()

  useEffect(() => {
    if (!isOnline || asked.length < MIN_LETTERS) {
      setState(IDLE)
      return
    }
    const key = `${accountAddress}\n${asked}`
    const known = answers.current.get(key)
    if (known !== undefined) {
      setState(known)
      return
    }
    const giveUp = new AbortController()
    setState({ kind: 'asking' })
    const ask = async () => {
      const { isComplete } = await client.people.searchServer({ text: asked }, { signal: giveUp.signal })
      const answer: ServerSearch = { kind: 'answered', isComplete }
      answers.current.set(key, answer)
      if (!giveUp.signal.aborted) setState(answer)
    }
    const timer = setTimeout(() => {
      ask().catch(() => {
        if (!giveUp.signal.aborted) setState({ kind: 'failed' })
      })
    }, TYPING_PAUSE_MS)
    return () => {
      clearTimeout(timer)
      giveUp.abort()
    }
  }, [client, asked, isOnline, accountAddress, round])
  return { server: state, askAgain: () => setRound(round + 1) }
}
