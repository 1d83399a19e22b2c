import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { discover } from '../../src/main/core/connections/discover.ts'
import type { NetworkOptions } from '../../src/main/core/connections/ports.ts'
import { readDirectory } from '../../src/main/core/people/read-directory.ts'
import type { DemoExchange, DemoScheme } from '../../src/main/demo/demo-types.ts'
import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import { createExchangeConnector } from '../../src/main/exchange/create-exchange-connector.ts'
import { type SmtpAddress, smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import { createManualClock, silentLog } from '../support/manual-clock.ts'

const { signal } = new AbortController()
const connector = createExchangeConnector()

function networkOf(demo: DemoExchange, changes: Partial<NetworkOptions> = {}): NetworkOptions {
  return {
    extraCaPem: [demo.caPem],
    resolveRules: demo.resolveRules,
    dnsServer: null,
    concurrency: 4,
    maxPhotoBytes: 20_000_000,
    log: silentLog,
    ...changes,
  }
}

function open(demo: DemoExchange, changes: { password?: string; network?: Partial<NetworkOptions> } = {}) {
  const [account] = demo.accounts
  if (account === undefined) throw new Error('the demo has no account')
  const { userName, password, address } = account
  const credentials = { userName, password: changes.password ?? password }
  const network = networkOf(demo, changes.network)
  const endpoints = { ewsUrl: demo.ewsUrl, photosUrl: null, serverVersion: 'Exchange2013' }
  const session = connector.openSession(endpoints, credentials, 'auto', network)
  const ask = (who: string, etag: string | null = null, stop = signal) =>
    session.photos.fetchPhoto({ address: smtpAddressSchema.parse(who), sizeCode: 'HR96x96', etag, signal: stop })
  return { session, credentials, network, ask, own: smtpAddressSchema.parse(address) }
}

describe.each<{ scheme: DemoScheme; name: string; handshakeRequests: number; channelBinding: boolean }>([
  { scheme: 'ntlm', name: 'NTLM', handshakeRequests: 1, channelBinding: true },
  { scheme: 'basic', name: 'Basic', handshakeRequests: 0, channelBinding: false },
])('an Exchange that wants $name', ({ scheme, name, handshakeRequests, channelBinding }) => {
  let demo: DemoExchange
  let people: SmtpAddress[]
  beforeAll(async () => {
    demo = await startDemoExchange({
      people: 120,
      seed: 'exchange',
      schemes: [scheme],
      requireChannelBinding: channelBinding,
    })
    people = demo.people.map((person) => smtpAddressSchema.parse(person.address))
  })
  beforeEach(() => {
    demo.script.clear()
    demo.clearRequests()
  })
  afterAll(() => demo.close())

  it('is found by Autodiscover and signed in to', async () => {
    const { credentials, network, own, session } = open(demo)
    const client = connector.createAutodiscoverClient(credentials, 'auto', network)
    const { result } = await discover({ address: own, client, signal, clock: createManualClock(), onStep: () => {} })
    await client.close()
    expect(result).toMatchObject({ ok: true, value: { ewsUrl: demo.ewsUrl } })
    expect(await session.signIn(signal)).toEqual({ ok: true, value: { scheme: name, isExchangeOnline: false } })
    await session.close()
  })

  it('sends a photo once, and then only says that it has not changed', async () => {
    const { session, ask } = open(demo)
    const withPhoto = demo.truth().find((one) => one.state === 'photo' && one.findings.length === 0)
    const address = withPhoto?.address ?? ''
    const first = await ask(address)
    if (first.kind !== 'photo') throw new Error(`expected a photo, got ${first.kind}`)
    expect(first.bodyBytes).toBe(first.bytes.length)
    expect(Buffer.from(first.bytes)).toEqual(Buffer.from((await demo.photo(address, 'HR96x96'))?.bytes ?? []))
    const second = await ask(address, first.etag)
    expect(second).toMatchObject({ kind: 'not-modified', status: 304, bodyBytes: 0, askedUrl: first.askedUrl })
    demo.script.changePhoto(address)
    expect(await ask(address, first.etag)).toMatchObject({ kind: 'photo' })
    await session.close()
  })

  it('says that there is no photo', async () => {
    const { session, ask } = open(demo)
    const without = demo.truth().find((one) => one.state === 'none')
    expect(await ask(without?.address ?? '')).toMatchObject({ kind: 'absent', status: 404 })
    await session.close()
  })

  it('is signed in to once a connection, however many photos are asked', async () => {
    const { session, ask } = open(demo)
    const answers = await Promise.all(people.slice(0, 40).map((address) => ask(address)))
    expect(answers.filter((answer) => answer.kind === 'failed')).toEqual([])
    const requests = demo.requests()
    const connections = new Set(requests.map((request) => request.connectionId)).size
    expect(connections).toBeLessThanOrEqual(4)
    const refusals = requests.filter((request) => request.status === 401)
    expect(refusals).toHaveLength(1 + connections * handshakeRequests)
    expect(requests).toHaveLength(40 + refusals.length)
    await session.close()
  })

  it('counts one failed logon for a wrong password, however much was asked at once', async () => {
    const before = demo.failedLogons()
    const { session, ask } = open(demo, { password: 'wrong' })
    const answers = await Promise.all([session.signIn(signal), ...people.slice(0, 20).map((address) => ask(address))])
    for (const answer of answers) {
      expect(answer).toMatchObject({ error: { code: 'unauthorized', hint: 'wrong-password' } })
    }
    expect(await ask(people[0] ?? '')).toMatchObject({ error: { code: 'unauthorized' } })
    expect(demo.failedLogons() - before).toBe(1)
    await session.close()
  })

  it('counts one failed logon for a wrong password in Autodiscover', async () => {
    const before = demo.failedLogons()
    const { session, credentials, network, own } = open(demo, { password: 'wrong' })
    const client = connector.createAutodiscoverClient(credentials, 'auto', network)
    const { result } = await discover({ address: own, client, signal, clock: createManualClock(), onStep: () => {} })
    await Promise.all([client.close(), session.close()])
    expect(result).toMatchObject({ ok: false, error: { code: 'unauthorized' } })
    expect(demo.failedLogons() - before).toBe(1)
  })

  it('passes on how long a busy server asks to wait', async () => {
    const { session, ask } = open(demo)
    await session.signIn(signal)
    demo.script.answerBusyAfter(0, { status: 503, retryAfterSeconds: 7, count: 2 })
    expect(await ask(people[0] ?? '')).toMatchObject({ status: 503, error: { code: 'throttled', retryAfterMs: 7_000 } })
    expect(await session.directory.resolveNames('a', signal)).toMatchObject({
      error: { code: 'throttled', retryAfterMs: 7_000 },
    })
    await session.close()
  })

  it('asks once more when a kept connection was closed meanwhile, and once only', async () => {
    const { session, ask } = open(demo)
    await session.signIn(signal)
    demo.script.resetAfter(0, 1)
    expect((await ask(people[0] ?? '')).kind).not.toBe('failed')
    demo.script.resetAfter(0, 5)
    expect(await ask(people[0] ?? '')).toMatchObject({ kind: 'failed', status: null, error: { code: 'unreachable' } })
    await session.close()
  })

  it('tells a web page from a photo', async () => {
    const { session, ask } = open(demo)
    const [address = ''] = people
    demo.script.sendGarbageFor(address, 'html')
    expect(await ask(address)).toMatchObject({ kind: 'failed', status: 200, error: { code: 'unexpected-answer' } })
    demo.script.sendGarbageFor(address, 'bytes')
    expect(await ask(address)).toMatchObject({ kind: 'photo', status: 200 })
    await session.close()
  })

  it('stops in the middle when cancelled, and can be asked on', async () => {
    const { session, ask } = open(demo)
    await session.signIn(signal)
    demo.script.setLatencyMs(60_000)
    const cancel = new AbortController()
    const waiting = Promise.all(people.slice(0, 6).map((address) => ask(address, null, cancel.signal)))
    cancel.abort()
    for (const answer of await waiting) expect(answer).toMatchObject({ error: { code: 'cancelled' } })
    demo.script.clear()
    expect((await ask(people[0] ?? '')).kind).not.toBe('failed')
    await session.close()
  })

  it('gives its whole directory', async () => {
    const { session } = open(demo)
    const found = new Set<string>()
    const outcome = await readDirectory({
      source: session.directory,
      signal,
      concurrency: 4,
      onPeople: (some) => {
        for (const person of some) found.add(person.address)
      },
      onProgress: () => {},
    })
    expect(outcome).toMatchObject({ kind: 'done', isComplete: true })
    expect(people.filter((address) => !found.has(address))).toEqual([])
    await session.close()
  })

  it('gives a list’s members', async () => {
    const { session } = open(demo)
    const list = demo.people.find((person) => person.kind === 'list' && person.members.length > 1)
    const answer = await session.directory.expandList(smtpAddressSchema.parse(list?.address), signal)
    if (answer.kind !== 'people') throw new Error('the list was not expanded')
    expect(answer.people.map((person) => person.address).sort()).toEqual([...(list?.members ?? [])].sort())
    await session.close()
  })

  it('is not talked to without its CA', async () => {
    const { session, own } = open(demo, { network: { extraCaPem: [] } })
    expect(await session.signIn(signal)).toMatchObject({ error: { code: 'certificate-untrusted' } })
    expect(demo.requests()).toEqual([])
    expect(own).toContain('@')
    await session.close()
  })
})
