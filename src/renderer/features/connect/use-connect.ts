import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { ConnectionStep } from '../../../shared/connections.ts'
import type { ConnectInput } from '../../../shared/contract/connections.ts'
import type { AppError } from '../../../shared/errors.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { toAppError } from '../../api/to-app-error.ts'

/** Connects an account, and tells what became of it. Whoever closes the dialog ends it, and with it a sign-in in the browser. */
export function useConnect(onConnected: () => void): {
  start(input: ConnectInput): void
  isBusy: boolean
  /** It worked, and there is something to say before the dialog goes. */
  isConnected: boolean
  isExchangeOnline: boolean
  steps: readonly ConnectionStep[]
  error: AppError | null
} {
  const { client, queries, queryClient } = useEngine()
  const abort = useRef<AbortController | null>(null)
  useEffect(() => () => abort.current?.abort(), [])
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: (input: ConnectInput) => {
      abort.current = new AbortController()
      return client.connections.start(input, { signal: abort.current.signal })
    },
    // The password is in the variables of the mutation: they must not outlive it in a cache.
    gcTime: 0,
    onSuccess: ({ account, isExchangeOnline }) => {
      if (account === null) return
      void queryClient.invalidateQueries({ queryKey: queries.connections.key() })
      if (!isExchangeOnline) onConnected()
    },
  })
  const outcome = isPending ? undefined : data
  return {
    start: mutate,
    isBusy: isPending,
    isConnected: outcome !== undefined && outcome.account !== null,
    isExchangeOnline: outcome?.isExchangeOnline ?? false,
    steps: outcome?.steps ?? [],
    error: isPending ? null : error !== null ? toAppError(error) : (outcome?.error ?? null),
  }
}
