import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Clock } from '../../src/main/core/ports.ts'
import { type DemoExchange, type DemoOptions, startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import type { EngineHandle, EngineOptions } from '../../src/main/engine/host-ports.ts'
import type { AccountSession, InProcessEngine } from '../../src/main/engine/session-types.ts'
import { startEngine } from '../../src/main/engine/start-engine.ts'
import type { Job, JobId } from '../../src/shared/jobs.ts'
import type { Scope } from '../../src/shared/people.ts'
import { bareHost, engineOptions } from './engine-options.ts'
import { addressOf } from './photo-records.ts'

export const EVERYBODY: Scope = { of: { kind: 'all' }, except: [] }

/** The scope of a list of addresses. */
export function scopeOf(addresses: readonly string[]): Scope {
  return { of: { kind: 'addresses', addresses: addresses.map(addressOf) }, except: [] }
}

/** A demo Exchange, and engines in fresh folders that reach it. */
export async function startDemoWorld(options: DemoOptions = {}) {
  const demo: DemoExchange = await startDemoExchange({ people: 120, ...options })
  const folders: string[] = []
  const engines: InProcessEngine[] = []
  const [user] = demo.accounts
  if (user === undefined) throw new Error('the demo has nobody who can sign in')

  async function open(dataDir: string, more: Partial<EngineOptions> = {}, clock?: Clock): Promise<InProcessEngine> {
    const network = {
      extraCaPem: [demo.caPem],
      resolveRules: demo.resolveRules,
      dnsServer: '127.0.0.1:9',
      concurrency: null,
    }
    const engine = await startEngine(engineOptions(dataDir, { network, ...more }), bareHost(), null, clock)
    engines.push(engine)
    return engine
  }

  return {
    demo,
    user,
    open,
    newFolder(): string {
      const folder = mkdtempSync(join(tmpdir(), 'rollcall-demo-'))
      folders.push(folder)
      return folder
    },
    /** An engine whose host has this demo, and which opens what it would for anybody. */
    async openDemo(dataDir: string): Promise<InProcessEngine> {
      const { ewsUrl, caPem, resolveRules } = demo
      const startDemo = async () => ({ ...user, ewsUrl, caPem, network: { resolveRules } })
      const network = { extraCaPem: [demo.caPem], resolveRules, dnsServer: '127.0.0.1:9', concurrency: null }
      const engine = await startEngine(
        engineOptions(dataDir, { network, open: 'last-or-demo' }),
        bareHost({ startDemo }),
      )
      engines.push(engine)
      return engine
    },
    /** Connects as the demo's first user, found by Autodiscover. */
    connect: (engine: InProcessEngine, password = user.password) =>
      engine.client.connections.start({ address: addressOf(user.address), userName: user.userName, password }),
    async closeEngines(): Promise<void> {
      await Promise.all(engines.splice(0).map((engine) => engine.close()))
      for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
    },
    /** Every photo request since the log was cleared, as the server saw it. */
    photoRequests: () => demo.requests('GetUserPhoto'),
  }
}

/** The engine's opened account; fails the test when there is none. */
export function sessionOf(engine: InProcessEngine): AccountSession {
  const session = engine.session()
  if (session === null) throw new Error('nothing is open')
  return session
}

/** Waits for a job's end by its events. */
export async function whenJobEnded({ client }: Pick<EngineHandle, 'client'>, id: JobId): Promise<Job> {
  const abort = new AbortController()
  try {
    const events = await client.app.watch(undefined, { signal: abort.signal })
    const heard = events.next()
    const job = await client.jobs.read({ id })
    if (job.endedMs !== null) return job
    for (let event = await heard; event.done !== true; event = await events.next()) {
      const { value } = event
      if (value.type === 'job-changed' && value.job.id === id && value.job.endedMs !== null) return value.job
    }
    throw new Error('the engine closed before the job ended')
  } finally {
    abort.abort()
  }
}
