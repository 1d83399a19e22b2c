import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAskingLibrary } from '../support/asking-library.ts'
import { settle } from '../support/manual-clock.ts'
import { addressOf } from '../support/photo-records.ts'
import { FORBIDDEN, hashOf, REFUSED, RESET, WRONG_PASSWORD } from '../support/scripted-photos.ts'

const ADA = addressOf('ada')
const HOUR_MS = 3_600_000
let at: ReturnType<typeof openAskingLibrary>

beforeEach(() => {
  at = openAskingLibrary()
})
afterEach(() => at.close())

/** Makes sure of Ada's photo while time passes. */
async function ensureAda(more: Parameters<typeof at.ensure>[1] = {}) {
  return (await at.passTimeUntil(at.ensure('ada', more))).record
}

/** What was sent as If-None-Match, question by question. */
function validators() {
  return at.server.asked.map(({ etag }) => etag)
}

describe('asking for one photo', () => {
  it('keeps what came, and answers from the library while it is fresh', async () => {
    at.server.put(ADA, { text: 'one', etag: '"1"' })
    expect(await ensureAda()).toMatchObject({ verdict: 'photo', contentHash: hashOf('one'), etag: '"1"', widthPx: 240 })
    await ensureAda()
    expect(validators()).toEqual([null])
  })

  it('asks conditionally once it is stale, and moves no bytes', async () => {
    at.server.put(ADA, { text: 'one', etag: 'W/"1"' })
    const first = await ensureAda()
    await at.clock.advance(25 * HOUR_MS)
    const second = await ensureAda()
    expect(validators()).toEqual([null, 'W/"1"'])
    expect(second.contentHash).toBe(first.contentHash)
    expect(second.checkedMs).toBeGreaterThan(first.checkedMs ?? 0)
    expect(second.changedMs).toBe(first.changedMs)
  })

  it('notices a changed photo', async () => {
    at.server.put(ADA, { text: 'one', etag: '"1"' })
    await ensureAda()
    at.server.put(ADA, { text: 'two', etag: '"2"' })
    expect(await ensureAda({ isForced: true })).toMatchObject({ contentHash: hashOf('two'), etag: '"2"' })
  })

  it('does not look again at the same bytes under a new ETag, and keeps the new ETag', async () => {
    at.server.put(ADA, { text: 'one', etag: '"1"' })
    await ensureAda()
    at.server.put(ADA, { text: 'one', etag: '"2"' })
    expect(await ensureAda({ isForced: true })).toMatchObject({ contentHash: hashOf('one'), etag: '"2"' })
    expect(at.probe.looked).toBe(1)
  })

  it('remembers "no photo" for its hours, then asks again', async () => {
    expect(await ensureAda()).toMatchObject({ verdict: 'absent', contentHash: null })
    await at.clock.advance(23 * HOUR_MS)
    await ensureAda()
    expect(at.server.asked.length).toBe(1)
    at.server.put(ADA, { text: 'one', etag: '"1"' })
    await at.clock.advance(2 * HOUR_MS)
    expect(await ensureAda()).toMatchObject({ verdict: 'photo' })
  })

  it('is one question however many ask at the same time, and all get the answer', async () => {
    at.server.put(ADA, { text: 'one', etag: '"1"' })
    const all = await at.passTimeUntil(Promise.all([at.ensure('ada'), at.ensure('ada'), at.ensure('ADA')]))
    expect(at.server.asked.length).toBe(1)
    expect(all.map(({ record }) => record.contentHash)).toEqual(Array(3).fill(hashOf('one')))
  })

  it('goes on for the others when one of them leaves', async () => {
    at.server.put(ADA, { text: 'one', etag: '"1"' })
    at.server.hold()
    const leaving = new AbortController()
    const left = at.ensure('ada', { signal: leaving.signal })
    const stays = at.ensure('ada')
    leaving.abort()
    expect((await left).record.error).toEqual({ code: 'cancelled' })
    at.server.release()
    expect((await at.passTimeUntil(stays)).record.verdict).toBe('photo')
  })

  it('is not sent when everybody left before its turn, and can be asked again', async () => {
    at.server.hold()
    const leaving = new AbortController()
    const before = [at.ensure('bo'), at.ensure('cy')]
    const left = at.ensure('ada', { signal: leaving.signal })
    leaving.abort()
    await left
    const again = at.ensure('ada')
    at.server.release()
    await at.passTimeUntil(Promise.all([...before, again]))
    expect(at.server.asked.filter(({ address }) => address === ADA).length).toBe(1)
  })

  it('is kept when it was on its way already, although nobody waits any more', async () => {
    at.server.put(ADA, { text: 'one', etag: '"1"' })
    at.server.hold()
    const leaving = new AbortController()
    const left = at.ensure('ada', { signal: leaving.signal })
    await settle()
    leaving.abort()
    await left
    at.server.release()
    await at.clock.advance(100)
    expect(at.photos.find(ADA, 'HR240x240')?.record.verdict).toBe('photo')
  })

  it('is asked once more after a passing failure', async () => {
    at.server.put(ADA, { text: 'one', etag: '"1"' })
    at.server.failNext(RESET)
    expect(await ensureAda()).toMatchObject({ verdict: 'photo', error: null })
    expect(at.server.asked.length).toBe(2)
  })

  it('keeps the verdict it had when the server cannot be asked, with the reason beside it', async () => {
    at.server.put(ADA, { text: 'one', etag: '"1"' })
    await ensureAda()
    at.server.failNext(RESET, RESET)
    const record = await ensureAda({ isForced: true })
    expect(record).toMatchObject({ verdict: 'photo', contentHash: hashOf('one'), error: RESET })
    expect(at.photos.find(ADA, 'HR240x240')?.record.error).toEqual(RESET)
  })

  it('asks without If-None-Match when the bytes are gone', async () => {
    at.server.put(ADA, { text: 'one', etag: '"1"' })
    await ensureAda()
    const { contentHash } = at.asker.read(ADA, 'HR240x240').record
    // As another process would damage the file: the library's own way to the bytes finds nothing.
    const readBytes = at.photos.readBytes
    Object.assign(at.photos, { readBytes: (hash: string) => (hash === contentHash ? null : readBytes(hash)) })
    await ensureAda({ isForced: true })
    expect(validators()).toEqual([null, null])
  })

  it('keeps a 403 as not available here, without a second try', async () => {
    at.server.failFor(ADA, FORBIDDEN)
    expect(await ensureAda()).toMatchObject({ verdict: 'not-asked', error: FORBIDDEN })
    expect(at.server.asked.length).toBe(1)
  })

  it('asks nobody any more after a refused sign-in', async () => {
    at.server.failNext(WRONG_PASSWORD)
    await ensureAda()
    const { record } = await at.passTimeUntil(at.ensure('bo'))
    expect(record.error).toEqual(WRONG_PASSWORD)
    expect(at.server.asked.length).toBe(1)
  })

  it('fails fast, keeping nothing, while the server is known to be away', async () => {
    at.gate.report(REFUSED)
    expect((await at.ensure('ada')).record.error).toEqual(REFUSED)
    expect(at.server.asked.length).toBe(0)
    expect(at.photos.find(ADA, 'HR240x240')).toBeNull()
  })
})
