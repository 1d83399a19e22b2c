import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ORPCError, safe } from '@orpc/client'
import { getContractRouter, isContractProcedure } from '@orpc/contract'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { DemoExchange } from '../../src/main/demo/demo-types.ts'
import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import type { EngineOptions, HostCapabilities } from '../../src/main/engine/host-ports.ts'
import { contract, type EngineClient } from '../../src/shared/contract/index.ts'
import { appErrorSchema } from '../../src/shared/errors.ts'
import type { EngineEvent } from '../../src/shared/events.ts'
import { jobIdSchema } from '../../src/shared/jobs.ts'
import { NO_FILTER } from '../../src/shared/people.ts'
import { createClientCa } from '../support/client-certificates.ts'
import { whenJobEnded } from '../support/engine-on-demo.ts'
import { bareHost, engineOptions } from '../support/engine-options.ts'
import { type CallFacts, everyCall, listCalls } from '../support/every-call.ts'
import { addressOf } from '../support/photo-records.ts'
import { startTinyServer, TINY_HOST } from '../support/tiny-https-server.ts'
import { type OpenTransport, TRANSPORTS } from '../support/transports.ts'

vi.mock('electron', () => import('../support/electron-stand-in/main-process.ts'))

const QUERY = { text: '', filter: NO_FILTER, sort: 'name' as const }
const NOBODY: CallFacts = {
  person: addressOf('ada'),
  account: { address: addressOf('ada'), userName: 'ada', password: 'x' },
  targetToken: 'never-given-out',
  exportJob: jobIdSchema.parse('never-started'),
  scopeId: 'never-saved',
  interrupted: ['never-begun', 'nor-this'],
  certificateFile: 'eA==',
  clientCertificateFile: 'eA==',
}

let exchange: DemoExchange
beforeAll(async () => {
  exchange = await startDemoExchange({ people: 24 })
})
afterAll(() => exchange.close())

describe.each(TRANSPORTS)('the contract over $name', (transport) => {
  let folder: string
  /** Nothing is open in it, and no test changes anything that another one looks at. */
  let plain: OpenTransport
  /** The demo organisation, with its directory read. */
  let demo: OpenTransport
  const opened: OpenTransport[] = []

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rollcall-contract-'))
    ;[plain, demo] = await Promise.all([open('plain'), openDemo()])
  })
  afterAll(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()))
    rmSync(folder, { recursive: true, force: true })
  })

  async function open(
    name: string,
    more: Partial<EngineOptions> = {},
    host: Partial<HostCapabilities> = {},
  ): Promise<OpenTransport> {
    const one = await transport.open(engineOptions(join(folder, name), more), bareHost(host))
    opened.push(one)
    return one
  }

  async function openDemo(): Promise<OpenTransport> {
    const [account] = exchange.accounts
    if (account === undefined) throw new Error('the demo has no account')
    const { ewsUrl, caPem, resolveRules } = exchange
    const startDemo = async () => ({ ...account, ewsUrl, caPem, network: { resolveRules } })
    const network = { extraCaPem: [caPem], resolveRules, dnsServer: '127.0.0.1:9', concurrency: null }
    const host = { startDemo, chooseFolder: async () => join(folder, 'out'), revealFolder: async () => true }
    const one = await open('demo', { network, open: 'demo' }, host)
    for (const job of await one.client.jobs.list()) await whenJobEnded(one, job.id)
    return one
  }

  it('answers each of many calls at once with its own answer', async () => {
    const { client } = demo
    const addresses = await client.people.listAddresses({ query: QUERY })
    const people = await Promise.all(addresses.map((address) => client.people.read({ address })))
    expect(addresses.length).toBeGreaterThanOrEqual(24)
    expect(people.map((person) => person.address)).toEqual(addresses)
  })

  it('a distribution list is in a state of its own, in the rows and in the counts, and the states add up', async () => {
    const { client } = demo
    const filter = { ...NO_FILTER, states: ['not-expected' as const] }
    const { rows, total } = await client.people.search({ query: { ...QUERY, filter }, offset: 0, limit: 500 })
    expect(new Set(rows.map(({ kind, photo }) => `${kind}: ${photo.state}`))).toEqual(new Set(['list: not-expected']))
    const { states, kinds } = await client.people.countChips({ query: QUERY })
    expect(kinds.find(({ key }) => key === 'list')?.count).toBe(total)
    expect(states.find(({ key }) => key === 'not-expected')?.count).toBe(total)
    const everybody = await client.people.listAddresses({ query: QUERY })
    expect(states.reduce((sum, { count }) => sum + count, 0)).toBe(everybody.length)
  })

  it('every call is answered', async () => {
    const { client } = demo
    const facts = await gatherFacts(client)
    const answers: [string, unknown][] = []
    for (const [name, input] of listCalls(everyCall(facts))) answers.push([name, await call(client, name, input)])
    expect(answers.filter(([, answer]) => answer instanceof Error)).toEqual([])
    expect(answers.map(([name]) => name).toSorted()).toEqual(procedures().map(({ name }) => name))
  })

  it('an expected failure is the typed error APP, with its facts', async () => {
    const { client } = plain
    expect(await errorOf(client.people.countChips({ query: QUERY }))).toEqual({ code: 'not-connected' })
    expect(await errorOf(client.connections.use({ address: addressOf('ada') }))).toEqual({
      code: 'unknown-reference',
      what: expect.stringContaining('ada@'),
    })
    const { error, isDefined } = await safe(client.connections.useDemo())
    expect([isDefined, error instanceof ORPCError && error.code]).toEqual([true, 'APP'])
  })

  it('input that is not in the contract is refused, whatever is called', async () => {
    const { client } = plain
    const accepted: unknown[] = []
    for (const { name } of procedures().filter(({ hasInput }) => hasInput)) {
      for (const input of [42, null, { unheard: 'of' }]) {
        const answer = errorDataOf(await call(client, name, input))
        if (!isAppError(answer, 'invalid-input')) accepted.push([name, input, answer])
      }
    }
    expect(accepted).toEqual([])
  })

  it('names the field of the input that is not right, not its value', async () => {
    const { client } = plain
    const wrong = client.connections.start({ address: addressOf('ada'), password: 'Marked-Secret'.repeat(100) })
    const error = await errorOf(wrong)
    expect(error).toMatchObject({ code: 'invalid-input', field: 'password' })
    expect(JSON.stringify(error)).not.toContain('Marked-Secret')
    expect(await errorOf(client.people.search({ query: QUERY, offset: 0, limit: 501 }))).toMatchObject({
      field: 'limit',
    })
  })

  it('an answer that is not in the contract is a bug, and does not cross', async () => {
    const appInfo = { version: { marked: 'Not-In-The-Contract' }, host: 'test', canChooseFolder: true, photoBase: '/p' }
    const { client } = await open('wrong-answer', { logLevel: 'error', appInfo: appInfo as never })
    const error = await errorOf(client.app.read())
    expect(error).toEqual({ code: 'incident', incidentId: expect.stringMatching(/^[0-9a-f]{8}$/) })
  })

  it('of a bug only the incident’s id crosses; the log has the rest', async () => {
    const chooseFolder = () => Promise.reject(new Error('Marked-Detail of /some/where'))
    const { client } = await open('bug', { logLevel: 'error' }, { chooseFolder })
    const { error } = await safe(client.exports.chooseTarget())
    const data = errorDataOf(error)
    expect(data).toEqual({ code: 'incident', incidentId: expect.stringMatching(/^[0-9a-f]{8}$/) })
    expect(JSON.stringify(error)).not.toContain('Marked-Detail')
    expect(error?.message).not.toContain('Marked-Detail')
    const log = readFileSync(join(folder, 'bug', 'logs', 'rollcall.log'), 'utf8')
    expect(log).toContain((data as { incidentId: string }).incidentId)
    expect(log).toContain('Marked-Detail')
  })

  it('tells what changes, in order, until the watch is aborted; then goes on answering', async () => {
    const { client } = plain
    const abort = new AbortController()
    const events = await client.app.watch(undefined, { signal: abort.signal })
    const heard: EngineEvent[] = []
    const next = events.next()
    await client.settings.update({ library: { concurrency: 7 } })
    heard.push(eventOf(await next))
    const second = events.next()
    await client.settings.update({ library: { concurrency: 8 } })
    heard.push(eventOf(await second))
    expect(heard).toMatchObject([
      { type: 'settings-changed', settings: { library: { concurrency: 7 } } },
      { type: 'settings-changed', settings: { library: { concurrency: 8 } } },
    ])
    const last = events.next()
    abort.abort()
    const end = await safe(last)
    expect(end.error !== null || end.data.done === true).toBe(true)
    expect((await client.settings.read()).library.concurrency).toBe(8)
  })

  it('a call that is given up ends at once, and so does what it was doing', async () => {
    const left = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    const server = await startTinyServer((_request, response) => {
      response.once('close', () => left.resolve())
      asked.resolve()
    })
    try {
      const { extraCaPem, resolveRules } = server.network
      const { client } = await open('slow', {
        network: { extraCaPem, resolveRules, dnsServer: '127.0.0.1:9', concurrency: null },
      })
      const abort = new AbortController()
      const input = { address: addressOf('ada'), password: 'x', ewsUrl: `https://${TINY_HOST}/EWS/Exchange.asmx` }
      const started = safe(client.connections.start(input, { signal: abort.signal }))
      await asked.promise
      abort.abort()
      const { error, data } = await started
      expect(error !== null || data?.error?.code === 'cancelled').toBe(true)
      await left.promise
      expect((await client.connections.read()).state).toBe('none')
    } finally {
      await server.close()
    }
  })

  it('a start that failed is the answer to every call, with its reason', async () => {
    writeFileSync(join(folder, 'failed'), 'a file where the folder should be')
    const { client } = await open('failed', { open: 'last-or-demo' })
    for (const [name, input] of listCalls(everyCall(NOBODY))) {
      expect([name, errorDataOf(await call(client, name, input))]).toMatchObject([name, { code: 'not-writable' }])
    }
  })

  it('a watch does not outlive the engine', async () => {
    const one = await open('ending')
    const events = await one.client.app.watch()
    const next = safe(events.next())
    opened.splice(opened.indexOf(one), 1)
    await one.close()
    const { error, data } = await next
    expect(error !== null || data?.done === true).toBe(true)
  })
})

/** Calls a procedure by its name; an error is answered, not thrown. A stream is ended as soon as it is there. */
async function call(client: EngineClient, name: string, input: unknown): Promise<unknown> {
  const procedure = name.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown>)[part], client) as (
    input: unknown,
    options: { signal: AbortSignal },
  ) => Promise<unknown>
  const abort = new AbortController()
  try {
    const answer = await procedure(input, { signal: abort.signal })
    if (typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer) abort.abort()
    return answer
  } catch (error) {
    return error
  }
}

/** What the calls that need something need: somebody, a folder, and an export that has ended. */
async function gatherFacts(client: EngineClient): Promise<CallFacts> {
  const [account] = exchange.accounts
  const target = await client.exports.chooseTarget()
  const [person] = await client.people.listAddresses({ query: QUERY })
  if (account === undefined || target === null || person === undefined) throw new Error('the demo is not whole')
  const size = { kind: 'width', widthPx: 32 } as const
  const scope = { of: { kind: 'addresses' as const, addresses: [person] }, except: [] }
  const exportJob = await client.exports.start({ scope, size, targetToken: target.token })
  await whenJobEnded({ client }, exportJob)
  const address = addressOf(account.address)
  const { id: scopeId } = await client.scopes.save({
    name: 'Some',
    definition: { kind: 'addresses', source: 'list', addresses: [person] },
  })
  const facts = { person, account: { ...account, address }, targetToken: target.token, exportJob, scopeId }
  const own = await (await createClientCa()).issue('ada')
  const certificates = {
    certificateFile: toBase64(exchange.caPem),
    clientCertificateFile: toBase64(own.certificate + own.key),
  }
  return { ...facts, ...certificates, interrupted: await interruptTwo(client) }
}

/** Two syncs that are broken off by leaving the account. */
async function interruptTwo(client: EngineClient): Promise<readonly [string, string]> {
  exchange.script.setLatencyMs(500)
  for (const size of ['HR240x240', 'HR360x360'] as const) {
    await client.photos.startSync({ scope: { of: { kind: 'all' }, except: [] }, sizeCodes: [size] })
  }
  await client.connections.useDemo()
  exchange.script.setLatencyMs(0)
  const [one, other] = await client.photos.listInterrupted()
  if (one === undefined || other === undefined) throw new Error('nothing was interrupted')
  return [one.id, other.id]
}

function toBase64(text: string): string {
  return Buffer.from(text).toString('base64')
}

/** Every procedure of the contract, by name, in alphabetical order. */
function procedures(): { name: string; hasInput: boolean }[] {
  return Object.entries(contract)
    .flatMap(([domain, verbs]) =>
      Object.keys(verbs).map((verb) => {
        const procedure = getContractRouter(contract, [domain, verb])
        if (!isContractProcedure(procedure)) throw new Error(`${domain}.${verb} is no procedure`)
        return { name: `${domain}.${verb}`, hasInput: procedure['~orpc'].inputSchema !== undefined }
      }),
    )
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return errorDataOf((await safe(promise)).error)
}

/** The AppError that an error carries; the error itself when it is another. */
function errorDataOf(error: unknown): unknown {
  const parsed = appErrorSchema.safeParse(error instanceof ORPCError ? error.data : null)
  return parsed.success ? parsed.data : error
}

function isAppError(value: unknown, code: string): boolean {
  return appErrorSchema.safeParse(value).data?.code === code
}

function eventOf<T>(result: IteratorResult<T, unknown>): T {
  if (result.done === true) throw new Error('the watch has ended')
  return result.value
}
