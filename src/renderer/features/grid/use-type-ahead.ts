import { useRef } from 'react'
import type { PeopleQuery } from '../../../shared/people.ts'
import { useEngine } from '../../api/engine-context.tsx'

/** Letters typed within this time belong together, ms. */
const TYPED_TOGETHER_MS = 900

/** Jumps to the first person in the shown order whose name has a word that starts with what is typed. */
export function useTypeAhead(query: PeopleQuery | null, onFound: (index: number) => void): (letter: string) => void {
  const { client } = useEngine()
  const typed = useRef({ text: '', atMs: 0 })
  return (letter) => {
    if (query === null) return
    const nowMs = performance.now()
    const text = nowMs - typed.current.atMs < TYPED_TOGETHER_MS ? typed.current.text + letter : letter
    typed.current = { text, atMs: nowMs }
    const narrowed = { ...query, text: `${query.text} ${text}`.trim() }
    const find = async () => {
      const { rows } = await client.people.search({ query: narrowed, offset: 0, limit: 1 })
      const address = rows[0]?.address
      if (address === undefined) return
      const index = await client.people.findPosition({ query, address })
      if (index !== null && typed.current.text === text) onFound(index)
    }
    find().catch(() => undefined)
  }
}
