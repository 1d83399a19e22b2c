import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type DemoExchange, startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import type { InProcessEngine } from '../../src/main/engine/session-types.ts'
import { startEngine } from '../../src/main/engine/start-engine.ts'
import type { SignInPrompt } from '../../src/shared/connections.ts'
import type { EngineEvent } from '../../src/shared/events.ts'
import { startCommand } from '../support/command-line.ts'
import { scopeOf, whenJobEnded } from '../support/engine-on-demo.ts'
import { bareHost, engineOptions } from '../support/engine-options.ts'
import { addressOf } from '../support/photo-records.ts'
import { CLIENT_ID, startOpenIdProvider, type TestProvider } from '../support/start-openid-provider.ts'

/** One scope for both hosts: a provider that is none of Microsoft’s knows no others for the same sign-in. */
const SCOPE = 'https://mail.fjordline.example/EWS.AccessAsUser.All'

let folder: string
let provider: TestProvider
let demo: DemoExchange
/** What the demo makes of a token; a test may make it refuse all. */
let isRefusing = false
const engines: InProcessEngine[] = []

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-oauth-'))
  provider = await startOpenIdProvider(join(folder, 'demo'))
  const { authorizationUri, accepts } = provider.bearer
  demo = await startDemoExchange({
    people: 30,
    cacheDir: join(folder, 'demo'),
    schemes: ['bearer', 'basic'],
    bearer: { authorizationUri, accepts: async (token) => !isRefusing && accepts(token) },
  })
  writeFileSync(join(folder, 'ca.pem'), demo.caPem)
})
beforeEach(() => {
  isRefusing = false
  provider.clear()
  demo.clearRequests()
})
afterEach(async () => {
  await Promise.all(engines.splice(0).map((engine) => engine.close()))
})
afterAll(async () => {
  await demo.close()
  await provider.close()
  rmSync(folder, { recursive: true, force: true })
})

const account = () => {
  const [first] = demo.accounts
  if (first === undefined) throw new Error('the demo has no account')
  return first
}

/** An engine whose person signs in as soon as a page is opened. */
async function openEngine(
  showSignIn = async ({ url }: SignInPrompt) => {
    void provider.signInAt(url)
    return true
  },
) {
  const dataDir = mkdtempSync(join(folder, 'data-'))
  const network = {
    extraCaPem: [demo.caPem],
    resolveRules: [...demo.resolveRules, ...provider.resolveRules],
    dnsServer: '127.0.0.1:9',
    concurrency: null,
  }
  const engine = await startEngine(engineOptions(dataDir, { network }), bareHost({ showSignIn }))
  engines.push(engine)
  await engine.client.settings.update({ oauth: { clientId: CLIENT_ID, scope: SCOPE } })
  return { engine, dataDir }
}

function connect(engine: InProcessEngine, auth: 'auto' | 'bearer' = 'bearer') {
  return engine.client.connections.start({ address: addressOf(account().address), password: '', auth })
}

async function syncOf(engine: InProcessEngine, count = 6) {
  const whole = demo.truth().filter(({ state, photoCase }) => state === 'photo' && photoCase === 'plain')
  const scope = scopeOf(whole.slice(0, count).map(({ address }) => address))
  const job = await whenJobEnded(engine, await engine.client.photos.startSync({ scope, sizeCodes: ['HR96x96'] }))
  return job.result?.kind === 'sync' ? job.result.report : job.error
}

describe('an account with modern sign-in', () => {
  it.each(['auto', 'bearer'] as const)(
    'is connected by Autodiscover with %s, and syncs with tokens alone',
    async (auth) => {
      const { engine, dataDir } = await openEngine()
      const outcome = await connect(engine, auth)
      expect(outcome).toMatchObject({ error: null, account: { auth: 'bearer', secretKeptIn: 'this-run' } })
      expect(outcome.steps.at(-1)).toMatchObject({ name: 'sign-in', detail: 'The sign-in worked (OAuth).' })
      expect(await syncOf(engine)).toMatchObject({ new: 6, failed: 0 })
      const schemes = new Set(demo.requests('GetUserPhoto').map(({ scheme }) => scheme))
      expect([...schemes]).toEqual(['bearer'])
      expect(readFileSync(join(dataDir, 'accounts.json'), 'utf8')).toContain('"auth": "bearer"')
    },
  )

  it('goes on when its token is taken back, by one refresh', async () => {
    const { engine } = await openEngine()
    await connect(engine)
    await provider.revoke('access')
    provider.clear()
    expect(await syncOf(engine)).toMatchObject({ new: 6, failed: 0 })
    expect(provider.granted).toEqual(['refresh_token'])
  })

  it('is signed out when its sign-in was revoked, asks nobody by itself, and is signed in again by a person', async () => {
    const prompts: SignInPrompt[] = []
    const { engine } = await openEngine(async (prompt) => {
      prompts.push(prompt)
      void provider.signInAt(prompt.url)
      return true
    })
    await connect(engine)
    const asked = prompts.length
    await provider.revoke('all')
    provider.clear()
    expect(await syncOf(engine)).toMatchObject({ code: 'unauthorized', hint: 'sign-in-again' })
    expect(await engine.client.connections.read()).toMatchObject({ state: 'signed-out' })
    expect(await engine.client.connections.retry()).toMatchObject({
      state: 'signed-out',
      error: { hint: 'sign-in-again' },
    })
    expect(provider.granted).toEqual([])
    expect(provider.asked.filter((one) => one === 'POST /token').length).toBeLessThanOrEqual(2)
    expect(prompts).toHaveLength(asked)
    expect(await connect(engine)).toMatchObject({ error: null })
    expect(await engine.client.connections.read()).toMatchObject({ state: 'online' })
  })

  it('is not asked to sign in over and over by a server that refuses every token', async () => {
    const prompts: SignInPrompt[] = []
    const { engine } = await openEngine(async (prompt) => {
      prompts.push(prompt)
      void provider.signInAt(prompt.url)
      return true
    })
    isRefusing = true
    const before = demo.failedLogons()
    expect(await connect(engine)).toMatchObject({
      account: null,
      error: { code: 'unauthorized', hint: 'token-refused' },
    })
    expect(demo.failedLogons() - before).toBe(2)
    expect(prompts).toHaveLength(1)
    expect(await engine.client.connections.list()).toEqual([])
  })

  it('is not kept when the person closes the dialog instead', async () => {
    const abort = new AbortController()
    const { engine } = await openEngine(async () => {
      abort.abort()
      return true
    })
    const address = addressOf(account().address)
    const input = { address, password: '', auth: 'bearer' as const }
    const outcome = engine.client.connections.start(input, { signal: abort.signal })
    expect(await outcome).toMatchObject({ account: null, error: { code: 'cancelled' } })
    expect(await engine.client.connections.list()).toEqual([])
  })

  it('is told of in every page, with the link where the host cannot open one', async () => {
    const events: EngineEvent[] = []
    const { engine } = await openEngine(async ({ url }) => {
      void provider.signInAt(url)
      return false
    })
    const abort = new AbortController()
    const stream = await engine.client.app.watch(undefined, { signal: abort.signal })
    const heard = (async () => {
      for await (const event of stream) {
        if (event.type === 'sign-in-asked') events.push(event)
        if (event.type === 'sign-in-asked' && event.prompt === null) return
      }
    })()
    await connect(engine)
    await heard
    abort.abort()
    const [first, last] = events
    expect(first).toMatchObject({ prompt: { kind: 'browser', isOpened: false } })
    expect(last).toEqual({ type: 'sign-in-asked', prompt: null })
  })

  it('leaves no token behind when it is forgotten', async () => {
    const { engine } = await openEngine()
    const address = addressOf(account().address)
    await connect(engine)
    await engine.client.connections.forget({ address })
    expect(await engine.client.connections.list()).toEqual([])
    expect(await engine.client.connections.read()).toMatchObject({ state: 'none' })
  })
})

describe('the command line', () => {
  const network = () => [
    ...['--data-dir', join(folder, 'cli'), '--ca-file', join(folder, 'ca.pem'), '--dns-server', '127.0.0.1:9'],
    ...[...demo.resolveRules, ...provider.resolveRules].flatMap((rule) => [
      '--resolve',
      `${rule.host}:${rule.port}:${rule.toAddress}:${rule.toPort}`,
    ]),
  ]

  it('prints a code on stderr, and connects once it was typed', async () => {
    const oauth = ['--auth', 'bearer', '--oauth-client-id', CLIENT_ID, '--oauth-scope', SCOPE]
    const command = startCommand(folder, [...network(), '--account', account().address, ...oauth, '--json', 'connect'])
    await command.whenSaid('enter the code')
    const said = /open (https:\S+) and enter the code (\S+)\./.exec(command.text().stderr)
    expect(said?.[1]).toBe(`${provider.issuer}/device`)
    await provider.typeCode(said?.[1] ?? '', said?.[2] ?? '')
    provider.releasePolls()
    const { code, stdout, stderr } = await command.ended
    expect(stderr).toContain('no password store that works')
    expect(code).toBe(0)
    expect(stdout).toContain('"auth":"bearer"')
    for (const secret of provider.secrets) expect(stdout + stderr).not.toContain(secret)
  })

  it('says what is missing without a client id, and that no password goes with it', async () => {
    const args = [...network(), '--account', account().address, '--auth', 'bearer']
    const bare = await startCommand(folder, [...args, 'connect']).ended
    expect(bare.code).toBe(3)
    expect(bare.stderr).toContain('--oauth-client-id')
    const both = await startCommand(folder, [...args, '--password-stdin', 'connect'], 'x\n').ended
    expect(both.code).toBe(2)
  })
})
