import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import type { Account, ConnectionStatus } from '../../shared/connections.ts'
import type { AppInfo } from '../../shared/contract/app.ts'
import type { ChipCounts, DirectoryStatus } from '../../shared/contract/people.ts'
import type { Job } from '../../shared/jobs.ts'
import type { PeopleQuery, Person } from '../../shared/people.ts'
import type { PhotoRecord } from '../../shared/photos.ts'
import type { Settings, SettingsPatch } from '../../shared/settings.ts'
import { DEFAULT_SETTINGS } from '../../shared/settings.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { useEngine } from './engine-context.tsx'
import type { PeopleRowsFacts, PeopleRowsSnapshot } from './people-rows.ts'

/** What the page knows of its surroundings; null until the engine has answered. */
export function useAppInfo(): AppInfo | null {
  return useQuery(useEngine().queries.app.read.queryOptions()).data ?? null
}

/** Where the connection stands; null until the engine has answered. `error`: the engine could not start. */
export function useConnection(): { status: ConnectionStatus | null; error: unknown } {
  const { data, error } = useQuery(useEngine().queries.connections.read.queryOptions())
  return { status: data ?? null, error }
}

/** All accounts that are kept. */
export function useAccounts(): readonly Account[] {
  return useQuery(useEngine().queries.connections.list.queryOptions()).data ?? []
}

/** All settings; the defaults until the engine has answered. */
export function useSettings(): Settings {
  return useQuery(useEngine().queries.settings.read.queryOptions()).data ?? DEFAULT_SETTINGS
}

function withPatch(settings: Settings, patch: SettingsPatch): Settings {
  const keepDefined = <Part extends object>(part: Part, change: object | undefined): Part => ({ ...part, ...change })
  return {
    appearance: keepDefined(settings.appearance, patch.appearance),
    library: keepDefined(settings.library, patch.library),
    discovery: keepDefined(settings.discovery, patch.discovery),
    network: keepDefined(settings.network, patch.network),
    audit: keepDefined(settings.audit, patch.audit),
    exports: keepDefined(settings.exports, patch.exports),
    oauth: keepDefined(settings.oauth, patch.oauth),
  }
}

/** Changes settings: on screen at once, in the engine right after; taken back when the engine refuses. */
export function useUpdateSettings(): (patch: SettingsPatch) => void {
  const { queries, queryClient } = useEngine()
  const key = queries.settings.read.queryKey()
  const { mutate } = useMutation(
    queries.settings.update.mutationOptions({
      onMutate: (patch) => {
        queryClient.setQueryData(key, (settings) => withPatch(settings ?? DEFAULT_SETTINGS, patch))
      },
      onError: () => void queryClient.invalidateQueries({ queryKey: key }),
    }),
  )
  return mutate
}

/** Running jobs and those that ended lately, newest first. */
export function useJobs(): readonly Job[] {
  return useQuery(useEngine().queries.jobs.list.queryOptions()).data ?? []
}

/** One job, as far as it is known. */
export function useJob(id: string | null): Job | null {
  return useJobs().find((job) => job.id === id) ?? null
}

/** When photos are refreshed by themselves next (ms since 1970); null: never, or not known yet. */
export function useNextRefresh(): number | null {
  return useQuery(useEngine().queries.library.readRefresh.queryOptions()).data?.nextMs ?? null
}

/** Whether the library has the whole directory; null until the engine has answered. */
export function useDirectoryStatus(): DirectoryStatus | null {
  return useQuery(useEngine().queries.people.readDirectoryStatus.queryOptions()).data ?? null
}

/**
 * How many people each chip would show. The previous counts stay until the new ones are there. People come first: the counts
 * are asked for when `isReady`, so that nobody waits for them at a keystroke.
 */
export function useChipCounts(query: PeopleQuery, isReady: boolean): ChipCounts | null {
  const { queries } = useEngine()
  const input = { query }
  const options = queries.people.countChips.queryOptions({ input, placeholderData: keepPreviousData, enabled: isReady })
  return useQuery(options).data ?? null
}

/** One person's details; null until the engine has answered. */
export function usePerson(address: SmtpAddress): Person | null {
  return useQuery(useEngine().queries.people.read.queryOptions({ input: { address } })).data ?? null
}

/** The nine records of one person, made complete by asking the server for what is missing. */
export function usePhotoRecords(address: SmtpAddress): {
  records: readonly PhotoRecord[] | null
  isAsking: boolean
  error: unknown
} {
  const { queries, queryClient } = useEngine()
  const held = useQuery(queries.photos.list.queryOptions({ input: { address } }))
  const asked = useQuery(queries.photos.ensureAll.queryOptions({ input: { address }, gcTime: 0 }))
  const { data } = asked
  useEffect(() => {
    if (data !== undefined) queryClient.setQueryData(queries.photos.list.queryKey({ input: { address } }), data)
  }, [data, address, queries, queryClient])
  return { records: held.data ?? data ?? null, isAsking: asked.isFetching, error: asked.error ?? held.error }
}

/** What is known of all rows of the grid. Drawing follows only when that changes, not with every row that comes. */
export function usePeopleFacts(): PeopleRowsFacts {
  const { rows } = useEngine()
  return useSyncExternalStore(rows.subscribe, rows.readFacts)
}

/** The grid's rows as they stand. */
export function usePeopleRows(): PeopleRowsSnapshot {
  const { rows } = useEngine()
  return useSyncExternalStore(rows.subscribe, rows.read)
}
