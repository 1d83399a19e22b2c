import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient, safe } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { EngineHandle, EngineOptions, HostCapabilities } from '../../src/main/engine/host-ports.ts'
import { startEngine } from '../../src/main/engine/start-engine.ts'
import { startEngineWorker } from '../../src/main/engine/start-engine-worker.ts'
import type { EngineClient } from '../../src/shared/contract/index.ts'
import type { EngineEvent } from '../../src/shared/events.ts'
import { NO_FILTER } from '../../src/shared/people.ts'
import { bareHost, engineOptions } from '../support/engine-options.ts'
import { addressOf } from '../support/photo-records.ts'

const WORKER = new URL('../../src/main/engine/engine-worker.ts', import.meta.url)
const NEVER = new AbortController().signal
const EVERYBODY = { query: { text: '', filter: NO_FILTER, sort: 'name' as const }, offset: 0, limit: 10 }

/** The typed data of a call's error. */
async function errorOf(call: Promise<unknown>): Promise<unknown> {
  const { error } = await safe(call)
  return error !== null && 'data' in error ? error.data : error
}

describe.each([
  ['in this thread', (options: EngineOptions, host: HostCapabilities) => startEngine(options, host)],
  ['in a worker thread', (options: EngineOptions, host: HostCapabilities) => startEngineWorker(WORKER, options, host)],
])('an engine %s', (_, start) => {
  let folder: string
  const engines: EngineHandle[] = []

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-engine-'))
  })
  afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.close()))
    rmSync(folder, { recursive: true, force: true })
  })

  async function open(more: Partial<EngineOptions> = {}, host: Partial<HostCapabilities> = {}): Promise<EngineHandle> {
    const engine = await start(engineOptions(join(folder, 'data'), more), bareHost(host))
    engines.push(engine)
    return engine
  }

  it('answers calls', async () => {
    const { client } = await open()
    expect(await client.app.read()).toMatchObject({ host: 'test', hasSecretStore: false, photoBase: '/photo' })
    expect(await client.connections.read()).toEqual({
      ...{ account: null, state: 'none', error: null },
      busyUntilMs: null,
    })
    expect(await client.jobs.list()).toEqual([])
  })

  it('answers expected failures as typed errors', async () => {
    const { client } = await open()
    expect(await errorOf(client.people.search(EVERYBODY))).toEqual({ code: 'not-connected' })
    expect(await errorOf(client.connections.useDemo())).toMatchObject({ code: 'not-supported' })
    expect(await errorOf(client.connections.use({ address: addressOf('ada') }))).toMatchObject({
      code: 'unknown-reference',
    })
  })

  it('refuses input that is not in the contract, naming the field', async () => {
    const { client } = await open()
    const error = await errorOf(client.people.search({ ...EVERYBODY, limit: 501 }))
    expect(error).toMatchObject({ code: 'invalid-input', field: 'limit' })
  })

  it('keeps settings and tells of them', async () => {
    const { client } = await open()
    const abort = new AbortController()
    const events: EngineEvent[] = []
    const watched = (async () => {
      for await (const event of await client.app.watch(undefined, { signal: abort.signal })) {
        events.push(event)
        abort.abort()
      }
    })().catch(() => {})
    // The watch is under way once a later call has been answered.
    await client.app.read()
    const changed = await client.settings.update({ library: { concurrency: 8 } })
    expect(changed.library).toMatchObject({ concurrency: 8, freshHours: 24 })
    await watched
    expect(events[0]).toMatchObject({ type: 'settings-changed', settings: { library: { concurrency: 8 } } })
    await engines.pop()?.close()
    expect((await (await open()).client.settings.read()).library.concurrency).toBe(8)
  })

  it('serves the contract to a page over a port', async () => {
    const engine = await open()
    const { port1, port2 } = new MessageChannel()
    engine.connectPort(port2)
    const client: EngineClient = createORPCClient(new RPCLink({ port: port1 }))
    port1.start()
    expect(await client.app.read()).toMatchObject({ host: 'test' })
    expect(await errorOf(client.people.readDirectoryStatus())).toEqual({ code: 'not-connected' })
    port1.close()
  })

  it('asks its host for a folder', async () => {
    const { client } = await open({}, { chooseFolder: async () => '/somewhere/photos' })
    const target = await client.exports.chooseTarget()
    expect(target?.label).toBe('photos')
    expect(JSON.stringify(target)).not.toContain('somewhere')
  })

  it('answers a photo’s address when nothing is open', async () => {
    const engine = await open()
    const reply = await engine.servePhoto({ person: addressOf('ada'), size: 'HR240x240' }, NEVER)
    expect(reply).toMatchObject({ status: 404, body: null })
  })

  it('answers every call with the reason when it cannot start', async () => {
    writeFileSync(join(folder, 'data'), 'a file where the folder should be')
    const { client } = await open()
    const expected = { code: 'not-writable' }
    expect(await errorOf(client.app.read())).toMatchObject(expected)
    expect(await errorOf(client.people.search(EVERYBODY))).toMatchObject(expected)
    expect(await errorOf(client.settings.read())).toMatchObject(expected)
  })

  it('says why when the demo cannot be started, and goes on', async () => {
    const failing = { startDemo: () => Promise.reject(new Error('secret detail')) }
    const { client } = await open({ open: 'demo' }, failing)
    const status = await client.connections.read()
    expect(status).toMatchObject({ account: null, state: 'none', error: { code: 'incident' } })
    expect(JSON.stringify(status)).not.toContain('secret detail')
  })
})
