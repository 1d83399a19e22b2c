import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { searchServer } from '../../src/main/engine/directory-reading.ts'
import { servePhoto } from '../../src/main/engine/serve-photo.ts'
import type { AppError } from '../../src/shared/errors.ts'
import type { EngineEvent } from '../../src/shared/events.ts'
import { NO_FILTER } from '../../src/shared/people.ts'
import { ok } from '../../src/shared/result.ts'
import { settle } from '../support/manual-clock.ts'
import { ACCOUNT, openScriptedSession } from '../support/open-scripted-session.ts'
import { addressOf } from '../support/photo-records.ts'
import { hashOf, REFUSED, RESET, WRONG_PASSWORD } from '../support/scripted-photos.ts'

const NEVER = new AbortController().signal
const ADA = addressOf('ada')

describe('an opened account', () => {
  let folder: string
  let at: ReturnType<typeof openScriptedSession>
  const ended: Promise<void>[] = []

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-session-'))
    at = openScriptedSession(folder)
  })
  afterEach(async () => {
    await at.session.close()
    await Promise.all(ended.splice(0))
    rmSync(folder, { recursive: true, force: true })
  })

  /** Everything told from now on. */
  function listen() {
    const events: EngineEvent[] = []
    const { hub, session } = at
    ended.push(
      (async () => {
        for await (const event of hub.watch(undefined)) events.push(event)
      })(),
    )
    const close = session.close
    Object.assign(session, {
      close: async () => {
        await close()
        hub.close()
      },
    })
    return events
  }

  const rowOf = (name: string) => at.session.index.row(addressOf(name))

  async function fetchTile(name: string) {
    at.session.setVisible([addressOf(name)])
    await at.clock.advance(1_000)
  }

  it('is usable before the server was asked for anything', () => {
    expect(at.session.index.window({ text: 'bo', filter: NO_FILTER, sort: 'name' }, 0, 10).total).toBe(1)
    expect(at.exchange.counts.opened).toBe(0)
    expect(at.session.status().state).toBe('connecting')
  })

  it('is online after signing in, and says so', async () => {
    const events = listen()
    expect(await at.session.connect()).toMatchObject({ state: 'online', error: null })
    await settle()
    expect(events.at(-1)).toMatchObject({ type: 'connection-changed', status: { state: 'online' } })
  })

  it('stays usable offline, and comes online by itself when a photo is answered', async () => {
    at.exchange.failSignIn(REFUSED)
    expect(await at.session.connect()).toMatchObject({ state: 'offline', error: REFUSED })
    at.server.put(ADA, { text: 'one', etag: null })
    await fetchTile('ada')
    expect(at.server.asked.length).toBe(0)
    await at.clock.advance(60_000)
    await fetchTile('ada')
    expect(rowOf('ada')?.photo.tile?.contentHash).toBe(hashOf('one'))
    expect(at.session.status()).toMatchObject({ state: 'online', error: null })
  })

  it('is signed out by a refused password, asks for nothing more, and comes back with a new sign-in', async () => {
    at.exchange.failSignIn(WRONG_PASSWORD)
    expect(await at.session.connect()).toMatchObject({ state: 'signed-out', error: WRONG_PASSWORD })
    await fetchTile('ada')
    await at.session.ensurePhoto(ADA, 'HR648x648', { priority: 'opened', signal: NEVER, isForced: true })
    expect(at.server.asked.length).toBe(0)
    at.exchange.failSignIn(null)
    expect(await at.session.connect()).toMatchObject({ state: 'online' })
    expect(at.exchange.counts).toMatchObject({ signIns: 2, opened: 2, closed: 1 })
  })

  it('waits with photos until the sign-in is through', async () => {
    const signedIn = at.session.connect()
    at.session.setVisible([ADA])
    expect(at.server.asked.length).toBe(0)
    await signedIn
    await settle()
    expect(at.server.asked.length).toBe(1)
  })

  it('fetches who is in sight, nearest first, and gives up who left before their turn', async () => {
    await at.session.connect()
    at.server.hold()
    at.session.setVisible(['ada', 'bo', 'cy', 'di'].map(addressOf))
    at.session.setVisible(['ed', 'bo', 'cy'].map(addressOf))
    at.server.release()
    await at.clock.advance(1_000)
    expect(at.server.asked.map(({ address }) => address)).toEqual(['ada', 'bo', 'ed', 'cy'].map(addressOf))
  })

  it('does not ask for a tile whose largest photo is fresh', async () => {
    await at.session.connect()
    at.server.put(ADA, { text: 'one', etag: null })
    const ensured = at.session.ensurePhoto(ADA, 'HR648x648', { priority: 'opened', signal: NEVER })
    await at.clock.advance(100)
    await ensured
    await fetchTile('ada')
    expect(at.server.asked.map(({ sizeCode }) => sizeCode)).toEqual(['HR648x648'])
  })

  it('does not ask again at once for a tile that failed', async () => {
    await at.session.connect()
    at.server.failFor(ADA, RESET)
    await fetchTile('ada')
    const asked = at.server.asked.length
    await fetchTile('ada')
    expect(at.server.asked.length).toBe(asked)
    await at.clock.advance(60_000)
    at.server.failFor(ADA, null)
    await fetchTile('ada')
    expect(rowOf('ada')?.photo.state).toBe('none')
  })

  it('says why everything waits: a changed network, no network, a server that is away; and when it goes on', async () => {
    await at.session.connect()
    at.place.now = 'elsewhere'
    await at.clock.advance(5_000)
    expect(at.holds).toEqual(['network-changed'])
    await at.clock.advance(3_000)
    expect(at.holds).toEqual(['network-changed', null])
    const ask = async (error: AppError | null) => {
      at.server.failFor(ADA, error)
      const ensured = at.session.ensurePhoto(ADA, 'HR96x96', { priority: 'opened', signal: NEVER, isForced: true })
      await at.clock.advance(2_000)
      await ensured
    }
    for (const reason of ['ENETUNREACH', 'ECONNREFUSED'] as const) {
      const away: AppError = { code: 'unreachable', endpoint: ACCOUNT.ewsUrl, reason }
      await ask(away)
      await ask(away)
      await ask(null)
    }
    expect(at.holds).toEqual(['network-changed', null, 'offline', null, 'server-away', null])
  })

  it('tells of changed photos with complete rows: at once first, then at most every 300 ms', async () => {
    await at.session.connect()
    const events = listen()
    at.server.put(ADA, { text: 'one', etag: null })
    at.session.setVisible([ADA])
    await at.clock.advance(25)
    expect(events.filter(({ type }) => type === 'photos-changed')).toMatchObject([
      { rows: [{ address: ADA, photo: { state: 'photo', tile: { contentHash: hashOf('one'), widthPx: 240 } } }] },
    ])
    at.session.setVisible(['bo', 'cy'].map(addressOf))
    await at.clock.advance(250)
    expect(events.filter(({ type }) => type === 'photos-changed').length).toBe(1)
    await at.clock.advance(100)
    expect(events.filter(({ type }) => type === 'photos-changed')[1]).toMatchObject({ rows: { length: 2 } })
  })

  it('knows what it knew after it is opened again, without asking', async () => {
    await at.session.connect()
    at.server.put(ADA, { text: 'one', etag: null })
    await fetchTile('ada')
    await fetchTile('bo')
    await at.session.close()
    at = openScriptedSession(folder)
    expect(rowOf('ada')?.photo).toMatchObject({ state: 'photo', tile: { contentHash: hashOf('one') } })
    expect(rowOf('bo')?.photo).toMatchObject({ state: 'none', tile: null })
    expect(rowOf('cy')?.photo.state).toBe('not-asked')
    expect(at.server.asked.length).toBe(0)
  })

  it('adds people whom the server finds', async () => {
    await at.session.connect()
    at.library.people.save([], 0)
    expect(await searchServer(at.session, 'b', at.clock, NEVER)).toEqual(ok({ found: 1, added: 0, isComplete: true }))
  })

  it('resolves scopes: everybody by name, lists as given and each once, exceptions left out', () => {
    expect(at.session.resolveScope({ of: { kind: 'all' }, except: [addressOf('bo')] })).toEqual(
      ['ada', 'cy'].map(addressOf),
    )
    const addresses = ['cy', 'x', 'cy', 'ada'].map(addressOf)
    expect(at.session.resolveScope({ of: { kind: 'addresses', addresses }, except: [] })).toEqual(
      ['cy', 'x', 'ada'].map(addressOf),
    )
  })

  describe('serving a photo', () => {
    const ask = (query: { size?: 'HR240x240' | 'HR48x48'; v?: string } = {}) =>
      servePhoto(at.session, { person: ADA, size: 'HR240x240', ...query }, NEVER)

    beforeEach(async () => {
      await at.session.connect()
      at.server.put(ADA, { text: 'one', etag: '"1"' })
      await fetchTile('ada')
    })

    it('serves the bytes of a hash for ever, under what they are', async () => {
      const reply = await ask({ v: hashOf('one') })
      expect(reply).toMatchObject({
        status: 200,
        headers: {
          'Content-Type': 'image/jpeg',
          'Cache-Control': 'private, max-age=31536000, immutable',
          'X-Content-Type-Options': 'nosniff',
          'Content-Length': '3',
        },
      })
      expect(new TextDecoder().decode(reply.body ?? undefined)).toBe('one')
    })

    it('serves what it makes sure of without a hash, uncached', async () => {
      const waiting = ask({ size: 'HR48x48' })
      await at.clock.advance(100)
      expect(await waiting).toMatchObject({ status: 200, headers: { 'Cache-Control': 'no-store' } })
    })

    it('opens nothing by a hash that is not this person’s', async () => {
      expect(
        await servePhoto(at.session, { person: addressOf('bo'), size: 'HR240x240', v: hashOf('one') }, NEVER),
      ).toMatchObject({ status: 404, body: null })
      expect(await ask({ v: hashOf('two') })).toMatchObject({ status: 404 })
    })

    it('never serves what does not decode', async () => {
      at.server.put(ADA, { text: 'broken', etag: '"2"' })
      const waiting = ask({ size: 'HR48x48' })
      await at.clock.advance(100)
      expect(await waiting).toMatchObject({ status: 415, body: null })
    })

    it('says 404 of no photo, 502 of a server that cannot be asked, and 404 without an account', async () => {
      at.server.put(ADA, null)
      const waiting = ask({ size: 'HR48x48' })
      await at.clock.advance(100)
      expect((await waiting).status).toBe(404)
      at.server.failFor(addressOf('bo'), RESET)
      const failing = servePhoto(at.session, { person: addressOf('bo'), size: 'HR240x240' }, NEVER)
      await at.clock.advance(1_000)
      expect((await failing).status).toBe(502)
      expect((await servePhoto(null, { person: ADA, size: 'HR240x240' }, NEVER)).status).toBe(404)
    })
  })
})
