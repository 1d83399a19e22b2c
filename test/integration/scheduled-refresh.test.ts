import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createJobRunner } from '../../src/main/core/jobs/create-job-runner.ts'
import { createScheduledRefresh } from '../../src/main/engine/scheduled-refresh.ts'
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts'
import { createManualClock, type ManualClock, silentLog } from '../support/manual-clock.ts'
import { openScriptedSession } from '../support/open-scripted-session.ts'
import { addressOf } from '../support/photo-records.ts'
import { REFUSED } from '../support/scripted-photos.ts'

const HOUR_MS = 3_600_000
const PEOPLE = ['ada', 'bo', 'cy']
/** Two sizes of each. */
const QUESTIONS = PEOPLE.length * 2

describe('the scheduled refresh', () => {
  let folder: string
  let clock: ManualClock
  let at: Awaited<ReturnType<typeof start>>

  /** An account that is followed, online, with a refresh every `hours`. */
  async function start(hours: number | null) {
    const open = openScriptedSession(folder, PEOPLE, clock)
    open.settings.now = { ...DEFAULT_SETTINGS, library: { ...DEFAULT_SETTINGS.library, refreshHours: hours } }
    for (const name of PEOPLE) open.server.put(addressOf(name), { text: name, etag: `"${name}"` })
    const jobs = createJobRunner({ clock, log: silentLog, onChange: () => {} })
    const refresh = createScheduledRefresh({
      ...{ jobs, clock, log: silentLog, settings: () => open.settings.now },
      onChange: () => {},
    })
    await open.session.connect()
    return { ...open, jobs, refresh }
  }

  /** Lets hours go by, in steps in which the computer is seen to be awake. */
  async function pass(hours: number): Promise<void> {
    for (let left = hours * HOUR_MS; left > 0; left -= 30_000) await clock.advance(Math.min(left, 30_000))
  }

  async function leave(): Promise<void> {
    await at.jobs.close()
    await at.session.close()
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-refresh-'))
    clock = createManualClock(1_000 * HOUR_MS)
    at = await start(2)
  })
  afterEach(async () => {
    await leave()
    rmSync(folder, { recursive: true, force: true })
  })

  it('asks for everybody at the interval, conditionally, and says when the next is due', async () => {
    at.refresh.follow(at.session)
    await pass(0.1)
    expect(at.server.asked).toHaveLength(QUESTIONS)
    const { lastMs, nextMs } = at.refresh.read(at.session)
    expect(lastMs).toBeGreaterThan(1_000 * HOUR_MS)
    expect(nextMs).toBe(1_002 * HOUR_MS)
    await pass(1.8)
    expect(at.server.asked).toHaveLength(QUESTIONS)
    await pass(0.2)
    expect(at.server.asked).toHaveLength(2 * QUESTIONS)
    expect(at.server.asked.slice(QUESTIONS).every(({ etag }) => etag !== null)).toBe(true)
  })

  it('does nothing while it is switched off', async () => {
    at.settings.now = DEFAULT_SETTINGS
    at.refresh.follow(at.session)
    await pass(3)
    expect(at.server.asked).toEqual([])
    expect(at.refresh.read(at.session)).toEqual({ everyHours: null, nextMs: null, lastMs: null })
  })

  it('runs once at the start for all the intervals that passed while Rollcall was closed', async () => {
    at.refresh.follow(at.session)
    await pass(0.1)
    await leave()
    await clock.advance(50 * HOUR_MS)
    at = await start(2)
    at.refresh.follow(at.session)
    await pass(0.5)
    expect(at.server.asked).toHaveLength(QUESTIONS)
    expect(at.jobs.list().map(({ state }) => state)).toEqual(['done'])
  })

  it('waits for the server, and for other work that asks it', async () => {
    for (const name of PEOPLE) at.server.failFor(addressOf(name), REFUSED)
    const ask = at.session.ensurePhoto(addressOf('ada'), 'HR96x96', { priority: 'opened', signal: at.session.closed })
    await pass(0.01)
    await ask
    const again = at.session.ensurePhoto(addressOf('bo'), 'HR96x96', { priority: 'opened', signal: at.session.closed })
    await pass(0.01)
    await again
    expect(at.session.status().state).toBe('offline')
    at.refresh.follow(at.session)
    const asked = at.server.asked.length
    await pass(1)
    expect(at.server.asked).toHaveLength(asked)
    for (const name of PEOPLE) at.server.failFor(addressOf(name), null)
    const other = Promise.withResolvers<{ error: { code: 'cancelled' } }>()
    at.jobs.start('sync', () => other.promise)
    await at.session.connect()
    await pass(0.5)
    expect(at.server.asked).toHaveLength(asked)
    other.resolve({ error: { code: 'cancelled' } })
    await pass(0.1)
    expect(at.server.asked).toHaveLength(asked + QUESTIONS)
  })

  it('goes on where it was after it was broken off, and is not taken up again when a person cancelled it', async () => {
    at.server.hold()
    at.refresh.follow(at.session)
    await pass(0.01)
    const sent = at.server.asked.length
    expect(sent).toBeLessThan(QUESTIONS)
    at.server.release()
    await leave()
    at = await start(2)
    at.refresh.follow(at.session)
    await pass(0.5)
    expect(at.server.asked).toEqual([])
    await pass(1)
    expect(at.server.asked).toHaveLength(QUESTIONS - sent)

    at.server.hold()
    await pass(2)
    const [running] = at.jobs.list()
    if (running !== undefined) at.jobs.cancel(running.id)
    at.server.release()
    const asked = at.server.asked.length
    await pass(1)
    expect(at.server.asked).toHaveLength(asked)
    expect(await at.session.listInterrupted()).toEqual([])
  })
})
