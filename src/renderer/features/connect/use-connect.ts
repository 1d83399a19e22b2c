import { useMutation } from '@tanstack/react-query'
import type { ConnectionStep } from '../../../shared/connections.ts'
import type { ConnectInput } from '../../../shared/contract/connections.ts'
import type { AppError } from '../../../shared/errors.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { toAppError } from '../../api/to-app-error.ts'

/** Connects an account, and tells what became of it. */
export function useConnect(onConnected: () => void): {
  start(input: ConnectInput): void
  isBusy: boolean
  steps: readonly ConnectionStep[]
  error: AppError | null
} {
  const { client, queries, queryClient } = useEngine()
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: (input: ConnectInput) => client.connections.start(input),
    // The password is in the variables of the mutation: they must not outlive it in a cache.
    gcTime: 0,
    onSuccess: ({ account }) => {
      if (account === null) return
      void queryClient.invalidateQueries({ queryKey: queries.connections.key() })
      onConnected()
    },
  })
  return {
    start: mutate,
    isBusy: isPending,
    steps: isPending ? [] : (data?.steps ?? []),
    error: isPending ? null : error !== null ? toAppError(error) : (data?.error ?? null),
  }
}
