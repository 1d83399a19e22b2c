import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LibraryFault } from '../../src/main/core/ports.ts'
import { openAskingLibrary } from '../support/asking-library.ts'
import { settle } from '../support/manual-clock.ts'
import { addressOf } from '../support/photo-records.ts'
import { busyFor, FORBIDDEN, REFUSED, RESET, serverFault, WRONG_PASSWORD } from '../support/scripted-photos.ts'

let at: ReturnType<typeof openAskingLibrary>

beforeEach(() => {
  at = openAskingLibrary()
})
afterEach(() => at.close())

const names = (count: number) => Array.from({ length: count }, (_, index) => `p${String(index).padStart(3, '0')}`)

/** Gives each of them a photo of their own: 10 bytes. */
function fill(people: readonly string[]) {
  for (const name of people) at.server.put(addressOf(name), { text: `photo-${name}`, etag: `"${name}"` })
}

function sync(...how: Parameters<typeof at.startSync>) {
  return at.passTimeUntil(at.startSync(...how).end)
}

describe('a sync', () => {
  it('adds up, and an unchanged photo is not downloaded twice', async () => {
    const people = names(10)
    fill(people.slice(0, 8))
    expect(await sync(people)).toMatchObject({
      asked: 10,
      new: 8,
      none: 2,
      requests: 10,
      bytesReceived: 80,
      bytesSaved: 0,
    })
    at.server.put(addressOf('p000'), { text: 'something else', etag: '"x"' })
    at.server.put(addressOf('p001'), null)
    at.server.failFor(addressOf('p002'), FORBIDDEN)
    at.server.failFor(addressOf('p003'), serverFault)
    const again = await sync(people)
    expect(again).toMatchObject({ asked: 10, new: 0, changed: 1, same: 4, none: 3, notAvailable: 1, failed: 1 })
    // The one fault is asked about twice.
    expect(again).toMatchObject({ requests: 11, bytesReceived: 14, bytesSaved: 40, stoppedBy: null })
  })

  it('tells of a photo only when it is stored, and stores many in one transaction', async () => {
    const people = names(120)
    fill(people)
    const running = at.startSync(people)
    await at.passTimeUntil(running.end)
    expect(running.lines.length).toBe(120)
    expect(running.progress).toEqual({ total: 120, done: 120 })
    expect(at.saves.reduce((sum, count) => sum + count, 0)).toBe(120)
    expect(at.saves.length).toBeLessThan(12)
  })

  it('takes what is fresh from the library when only stale photos are asked for', async () => {
    const people = names(5)
    fill(people.slice(0, 4))
    await sync(people)
    expect(await sync(people, { ask: 'stale' })).toMatchObject({ asked: 5, same: 4, none: 1, requests: 0 })
  })

  it('asks for every size of everybody', async () => {
    fill(names(2))
    const running = at.startSync(names(2), { sizeCodes: ['HR48x48', 'HR648x648'] })
    expect(await at.passTimeUntil(running.end)).toMatchObject({ asked: 4, new: 4 })
    expect(running.lines.map(([, sizeCode]) => sizeCode).sort()).toEqual([
      'HR48x48',
      'HR48x48',
      'HR648x648',
      'HR648x648',
    ])
  })

  it('has everything in the end although connections are lost', async () => {
    const people = names(50)
    fill(people)
    at.server.failNext(...Array(11).fill(RESET))
    expect(await sync(people)).toMatchObject({ asked: 50, new: 50, failed: 0, requests: 61, stoppedBy: null })
  })

  it('has everything, within seconds, although a third of all connections are lost', async () => {
    const people = names(200)
    fill(people)
    // Three in a row each time, so that the breaker opens each time.
    at.server.failEvery((question) => question % 9 < 3, RESET)
    const startedMs = at.clock.nowMs()
    const running = at.startSync(people)
    expect(await at.passTimeUntil(running.end, 50)).toMatchObject({ asked: 200, new: 200, failed: 0, stoppedBy: null })
    expect(at.clock.nowMs() - startedMs).toBeLessThan(20_000)
  })

  it('ends, too, when every connection is lost', async () => {
    for (const name of names(100)) at.server.failFor(addressOf(name), RESET)
    const startedMs = at.clock.nowMs()
    const end = await sync(names(100))
    expect(end).toMatchObject({ stoppedBy: RESET, new: 0 })
    expect(at.server.asked.length).toBeLessThan(20)
    // Once its last probe has failed it is over: the wait before another would be as long as all so far.
    expect(at.clock.nowMs() - startedMs).toBeLessThan(60_000)
  })

  it('obeys a busy server to the millisecond and loses nobody', async () => {
    const people = names(20)
    fill(people)
    at.server.failNext(busyFor(30_000), busyFor(30_000))
    const running = at.startSync(people)
    await settle()
    const sentBefore = at.server.asked.length
    await at.clock.advance(29_999)
    expect(at.server.asked.length).toBe(sentBefore)
    expect(await at.passTimeUntil(running.end)).toMatchObject({ asked: 20, new: 20, failed: 0 })
  })

  it('gives up on a server that stays busy', async () => {
    for (const name of names(3)) at.server.failFor(addressOf(name), busyFor(1_000))
    const end = await sync(names(3))
    expect(end.stoppedBy).toEqual(busyFor(1_000))
    expect(end).toMatchObject({ asked: 3, failed: 3 })
  })

  it('stops everything at the first refused sign-in', async () => {
    fill(names(100))
    at.server.failNext(WRONG_PASSWORD)
    const end = await sync(names(100))
    expect(end.stoppedBy).toEqual(WRONG_PASSWORD)
    // Two at a time at the start: the second was on its way.
    expect(at.server.asked.length).toBeLessThanOrEqual(2)
    expect(end.asked).toBe(end.requests)
  })

  it('ends when the server stays away, after three failures and three probes', async () => {
    for (const name of names(100)) at.server.failFor(addressOf(name), REFUSED)
    const end = await sync(names(100))
    expect(end.stoppedBy).toEqual(REFUSED)
    expect(at.server.asked.length).toBeLessThan(10)
    expect(end.asked).toBe(end.failed)
  })

  it('asks a server that stayed away in the run before, at once', async () => {
    fill(names(30))
    at.server.failNext(...Array(6).fill(REFUSED))
    expect(await sync(names(30))).toMatchObject({ stoppedBy: REFUSED })
    const startedMs = at.clock.nowMs()
    expect(await sync(names(30))).toMatchObject({ asked: 30, new: 30, failed: 0, stoppedBy: null })
    expect(at.clock.nowMs() - startedMs).toBeLessThan(2_000)
  })

  it('goes on by itself when the server comes back', async () => {
    fill(names(30))
    at.server.failNext(...Array(5).fill(REFUSED))
    expect(await sync(names(30))).toMatchObject({ asked: 30, new: 30, failed: 0, stoppedBy: null })
  })

  it('goes on past people who fail for themselves, each a line', async () => {
    fill(names(10))
    at.server.failFor(addressOf('p004'), serverFault)
    const running = at.startSync(names(10))
    expect(await at.passTimeUntil(running.end)).toMatchObject({ asked: 10, new: 9, failed: 1 })
    expect(running.failures).toEqual([[addressOf('p004'), serverFault]])
    expect(at.photos.find(addressOf('p004'), 'HR240x240')?.record).toMatchObject({
      verdict: 'not-asked',
      error: serverFault,
    })
  })

  it('ends soon after it is cancelled, and reports what was done', async () => {
    fill(names(200))
    at.server.failFor(addressOf('p100'), busyFor(60_000))
    const running = at.startSync(names(200))
    await at.clock.advance(1_000)
    running.abort.abort()
    const end = await running.end
    expect(end.asked).toBeGreaterThan(50)
    expect(end.asked).toBeLessThan(200)
    expect(end.asked).toBe(running.lines.length)
    expect(end.stoppedBy).toBeNull()
  })

  it('stops when the library cannot be written, and reports nothing as stored', async () => {
    fill(names(300))
    const diskFull = { code: 'library-unusable', reason: 'disk-full', detail: 'full' } as const
    Object.assign(at.photos, {
      save: () => {
        throw new LibraryFault(diskFull)
      },
    })
    const end = await sync(names(300))
    expect(end).toMatchObject({ asked: 0, new: 0, stoppedBy: diskFull })
    expect(end.requests).toBeLessThan(300)
  })

  it('asks nothing while it is paused, and then everything once', async () => {
    fill(names(40))
    const pause = createPause()
    at.server.hold()
    const running = at.startSync(names(40), { pause })
    await settle()
    const sent = at.server.asked.length
    pause.pause()
    at.server.release()
    await at.clock.advance(60_000)
    expect(at.server.asked.length).toBe(sent)
    // What was on its way is finished and kept.
    expect(running.lines.length).toBe(sent)
    pause.resume()
    expect(await at.passTimeUntil(running.end)).toMatchObject({ asked: 40, new: 40, requests: 40 })
    expect(at.server.asked.length).toBe(40)
  })

  it('can be cancelled while it is paused', async () => {
    fill(names(40))
    const pause = createPause()
    pause.pause()
    const running = at.startSync(names(40), { pause })
    running.abort.abort()
    pause.resume()
    expect(await at.passTimeUntil(running.end)).toMatchObject({ asked: 0 })
    expect(at.server.asked).toEqual([])
  })

  it('waits while this computer is off the network, and has everything in the end', async () => {
    const people = names(200)
    fill(people)
    const off = { code: 'unreachable', endpoint: 'https://mail.fjordline.example', reason: 'ENETUNREACH' } as const
    for (const name of people) at.server.failFor(addressOf(name), off)
    const running = at.startSync(people)
    await at.clock.advance(10 * 60_000)
    expect(at.server.asked.length).toBeLessThan(25)
    for (const name of people) at.server.failFor(addressOf(name), null)
    const end = await at.passTimeUntil(running.end)
    expect(end).toMatchObject({ asked: 200, new: 200, failed: 0, stoppedBy: null })
    expect(running.failures).toEqual([])
  })
})

/** A job's pause, by hand. */
function createPause() {
  let active = new AbortController()
  let resumed: PromiseWithResolvers<void> | null = null
  return {
    active: () => active.signal,
    whenResumed: () => resumed?.promise ?? Promise.resolve(),
    pause() {
      resumed = Promise.withResolvers()
      active.abort()
    },
    resume() {
      active = new AbortController()
      resumed?.resolve()
      resumed = null
    },
  }
}
