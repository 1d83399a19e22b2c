import { describe, expect, it } from 'vitest'
import { createJobRunner } from '../../../../src/main/core/jobs/create-job-runner.ts'
import type { JobEnd } from '../../../../src/main/core/jobs/ports.ts'
import type { Job } from '../../../../src/shared/jobs.ts'
import { createManualClock, settle, silentLog } from '../../../support/manual-clock.ts'

const DONE: JobEnd = { result: { kind: 'read-directory', people: 1, requests: 1, isComplete: true } }

function setUp() {
  const clock = createManualClock()
  const told: Job[] = []
  const logged: Record<string, unknown>[] = []
  const log = { ...silentLog, error: (_: string, facts?: Record<string, unknown>) => void logged.push(facts ?? {}) }
  const jobs = createJobRunner({ clock, log, onChange: (job) => told.push(job) })
  return { clock, jobs, told, logged }
}

describe('the job runner', () => {
  it('tells of a start and an end at once', async () => {
    const { jobs, told } = setUp()
    const job = await jobs.whenEnded(jobs.start('sync', async () => DONE))
    expect(told.map(({ state }) => state)).toEqual(['running', 'done'])
    expect(job).toMatchObject({ state: 'done', result: { people: 1 }, error: null })
  })

  it('tells of progress at most every 300 ms, with the newest numbers', async () => {
    const { clock, jobs, told } = setUp()
    const work = Promise.withResolvers<JobEnd>()
    jobs.start('sync', ({ setTotal, advance }) => {
      setTotal(100)
      for (let index = 0; index < 50; index += 1) advance()
      return work.promise
    })
    await clock.advance(299)
    expect(told.length).toBe(1)
    await clock.advance(1)
    expect(told.length).toBe(2)
    expect(told[1]).toMatchObject({ done: 50, total: 100 })
    work.resolve(DONE)
    await settle()
    expect(clock.waiting()).toBe(0)
  })

  it('counts every failure and lists the first thousand', async () => {
    const { jobs } = setUp()
    const id = jobs.start('export', async ({ fail }) => {
      for (let index = 0; index < 1_200; index += 1) fail(`${index}`, { code: 'no-photo', address: `${index}` })
      return DONE
    })
    const job = await jobs.whenEnded(id)
    expect(job.failed).toBe(1_200)
    expect(job.failures.length).toBe(1_000)
    expect(job.state).toBe('done')
  })

  it('cancels by the signal and says so, whatever the work answered', async () => {
    const { jobs } = setUp()
    const id = jobs.start('sync', ({ signal }) => {
      const { promise, resolve } = Promise.withResolvers<JobEnd>()
      signal.addEventListener('abort', () => resolve({ error: { code: 'cancelled' } }))
      return promise
    })
    jobs.cancel(id)
    expect(await jobs.whenEnded(id)).toMatchObject({ state: 'cancelled', error: null })
  })

  it('ends a job whose work throws as failed, and only the incident’s id gets out', async () => {
    const { jobs, logged } = setUp()
    const id = jobs.start('sync', async () => {
      throw new Error('secret detail')
    })
    const job = await jobs.whenEnded(id)
    expect(job).toMatchObject({ state: 'failed', error: { code: 'incident' } })
    expect(JSON.stringify(job)).not.toContain('secret detail')
    expect(logged[0]).toMatchObject({ message: 'secret detail' })
  })

  it('remembers the last twenty that ended, newest first, and all that run', async () => {
    const { jobs } = setUp()
    const forever = jobs.start('sync', () => new Promise<JobEnd>(() => {}))
    const ids = []
    for (let index = 0; index < 25; index += 1) {
      const id = jobs.start('audit', async () => DONE)
      ids.push(id)
      await jobs.whenEnded(id)
    }
    expect(jobs.list().map(({ id }) => id)).toEqual([...ids.slice(5).reverse(), forever])
  })

  it('waits for what it cancels when it closes', async () => {
    const { clock, jobs } = setUp()
    let isCleanedUp = false
    const id = jobs.start('export', async ({ signal }) => {
      await clock.wait(1_000_000, signal)
      isCleanedUp = true
      return DONE
    })
    await jobs.close()
    expect(isCleanedUp).toBe(true)
    expect(jobs.find(id)?.state).toBe('cancelled')
  })

  it('stands still when it is paused, takes back what waits, and goes on when it is resumed', async () => {
    const { jobs, told } = setUp()
    const seen: string[] = []
    const id = jobs.start('sync', async ({ pause }) => {
      const first = pause.active()
      await settle()
      await pause.whenResumed()
      seen.push(first.aborted ? 'taken back' : 'kept', pause.active().aborted ? 'still' : 'active')
      return DONE
    })
    expect(jobs.pause(id)?.state).toBe('paused')
    await settle()
    await settle()
    expect(seen).toEqual([])
    expect(jobs.resume(id)?.state).toBe('running')
    await jobs.whenEnded(id)
    expect(seen).toEqual(['taken back', 'active'])
    expect(told.map(({ state }) => state)).toEqual(['running', 'paused', 'running', 'done'])
  })

  it('can be cancelled while it is paused, and stays as it is once it has ended', async () => {
    const { jobs } = setUp()
    const id = jobs.start('sync', async ({ pause, signal }) => {
      await pause.whenResumed()
      return signal.aborted ? { error: { code: 'cancelled' } } : DONE
    })
    jobs.pause(id)
    jobs.cancel(id)
    expect((await jobs.whenEnded(id)).state).toBe('cancelled')
    expect(jobs.pause(id)?.state).toBe('cancelled')
    expect(jobs.resume(id)?.state).toBe('cancelled')
  })

  it('is shown as paused, and why, while what it asks stands still; a person’s pause comes first', async () => {
    const { jobs, told } = setUp()
    const end = Promise.withResolvers<JobEnd>()
    jobs.setHold('sleep')
    const id = jobs.start('sync', () => end.promise)
    expect(jobs.find(id)).toMatchObject({ state: 'paused', pausedBy: 'sleep' })
    jobs.setHold('offline')
    expect(jobs.pause(id)).toMatchObject({ state: 'paused', pausedBy: 'person' })
    jobs.setHold(null)
    expect(jobs.find(id)).toMatchObject({ state: 'paused', pausedBy: 'person' })
    expect(jobs.resume(id)).toMatchObject({ state: 'running', pausedBy: null })
    jobs.setHold('server-away')
    end.resolve(DONE)
    expect(await jobs.whenEnded(id)).toMatchObject({ state: 'done', pausedBy: null })
    expect(told.map(({ pausedBy }) => pausedBy)).toEqual(['sleep', 'offline', 'person', null, 'server-away', null])
  })

  it('does not call an export paused, which can do without the server', () => {
    const { jobs } = setUp()
    const id = jobs.start('export', () => new Promise<JobEnd>(() => {}))
    jobs.setHold('offline')
    expect(jobs.find(id)).toMatchObject({ state: 'running', pausedBy: null })
  })
})
