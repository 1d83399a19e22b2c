import { useEffect, useState } from 'react'
import type { SignInPrompt } from '../../shared/connections.ts'
import { useEngine } from './engine-context.tsx'

/** Where somebody is asked to sign in by OAuth; null while nobody is. */
export function useSignInPrompt(): SignInPrompt | null {
  const { events } = useEngine()
  const [prompt, setPrompt] = useState<SignInPrompt | null>(null)
  useEffect(() => events.on('sign-in-asked', (event) => setPrompt(event.prompt)), [events])
  return prompt
}
