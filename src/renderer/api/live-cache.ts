import { isUnderWay, type Job } from '../../shared/jobs.ts'
import { atMostEvery } from './at-most-every.ts'
import type { Engine } from './engine.ts'

/** How often counts may be asked for again while things change, ms. */
const RECOUNT_MS = 400

/** The list with the job in it: in its place when it is there, else first. */
export function withJob(jobs: readonly Job[], job: Job): Job[] {
  return jobs.some((known) => known.id === job.id)
    ? jobs.map((known) => (known.id === job.id ? job : known))
    : [job, ...jobs]
}

/** Keeps the query cache and the grid's rows current with what the engine tells. */
export function keepCacheCurrent({ queries, queryClient, events, rows }: Engine): void {
  const recount = atMostEvery(RECOUNT_MS, () =>
    Promise.allSettled([
      queryClient.invalidateQueries({ queryKey: queries.people.countChips.key() }),
      queryClient.invalidateQueries({ queryKey: queries.people.read.key() }),
      queryClient.invalidateQueries({ queryKey: queries.people.readDirectoryStatus.key() }),
    ]),
  )

  events.on('people-changed', () => {
    rows.peopleChanged()
    recount()
  })
  events.on('photos-changed', (event) => {
    rows.photosChanged(event.rows)
    recount()
    for (const { address } of event.rows) {
      void queryClient.invalidateQueries({ queryKey: queries.photos.list.key({ input: { address } }) })
      void queryClient.invalidateQueries({ queryKey: queries.audit.read.key({ input: { address } }) })
      void queryClient.invalidateQueries({ queryKey: queries.photos.listHistory.key({ input: { address } }) })
    }
  })
  events.on('job-changed', ({ job }) => {
    queryClient.setQueryData(queries.jobs.list.queryKey(), (jobs) => (jobs === undefined ? [job] : withJob(jobs, job)))
    if (!isUnderWay(job.state)) void queryClient.invalidateQueries({ queryKey: queries.photos.listInterrupted.key() })
  })
  events.on('settings-changed', ({ settings }) => {
    queryClient.setQueryData(queries.settings.read.queryKey(), settings)
    readRefreshAgain()
  })
  const readRefreshAgain = () => {
    void queryClient.invalidateQueries({ queryKey: queries.library.readRefresh.key() })
  }
  events.on('refresh-changed', readRefreshAgain)
  events.on('scopes-changed', () => {
    void queryClient.invalidateQueries({ queryKey: queries.scopes.list.key() })
  })
  events.on('connection-changed', ({ status }) => {
    const key = queries.connections.read.queryKey()
    // What the page was shown with: the first news of a connection are not news of another account.
    const before = queryClient.getQueryData(key)
    queryClient.setQueryData(key, status)
    void queryClient.invalidateQueries({ queryKey: queries.connections.list.key() })
    if (before !== undefined && before.account?.address === status.account?.address) return
    rows.reset()
    readRefreshAgain()
    void queryClient.invalidateQueries({ queryKey: queries.people.key() })
    void queryClient.invalidateQueries({ queryKey: queries.photos.key() })
  })
  events.onStart(() => {
    void queryClient.invalidateQueries()
    rows.peopleChanged()
  })
}
