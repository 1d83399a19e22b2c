import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOAuthPlanner } from '../../src/main/core/connections/plan-oauth.ts'
import type { NetworkOptions, SignInPrompter, TokenSource, TokenVault } from '../../src/main/core/connections/ports.ts'
import { createTokenSource } from '../../src/main/exchange/oauth/create-token-source.ts'
import type { SignInPrompt } from '../../src/shared/connections.ts'
import { DEFAULT_SETTINGS, type OAuthSettings } from '../../src/shared/settings.ts'
import { collectingLog } from '../support/collecting-log.ts'
import { createManualClock } from '../support/manual-clock.ts'
import { addressOf } from '../support/photo-records.ts'
import { CLIENT_ID, startOpenIdProvider, type TestProvider } from '../support/start-openid-provider.ts'

const ORIGIN = new URL('https://mail.fjordline.example')
const HOUR_MS = 3_600_000
const never = new AbortController().signal

let folder: string
let provider: TestProvider
let log: ReturnType<typeof collectingLog>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-oauth-'))
  provider = await startOpenIdProvider(folder)
})
beforeEach(() => {
  provider.clear()
  log = collectingLog()
})
afterAll(async () => {
  await provider.close()
  rmSync(folder, { recursive: true, force: true })
})

function memoryVault(): TokenVault & { text: string | null } {
  const vault = {
    text: null as string | null,
    read: async () => vault.text,
    write: async (text: string) => {
      vault.text = text
    },
  }
  return vault
}

interface Wish {
  readonly vault?: TokenVault
  readonly prompter?: SignInPrompter | null
  readonly settings?: Partial<OAuthSettings>
  readonly clock?: ReturnType<typeof createManualClock>
}

/** Somebody who signs in at once. */
function willing(way: SignInPrompter['way'] = 'browser') {
  const prompts: (SignInPrompt | null)[] = []
  const prompter: SignInPrompter = {
    way,
    async show(prompt) {
      prompts.push(prompt)
      if (prompt?.kind === 'browser') void provider.signInAt(prompt.url)
      if (prompt?.kind === 'device-code') void provider.typeCode(prompt.url, prompt.code).then(provider.releasePolls)
    },
  }
  return { prompter, prompts }
}

function sourceOf(
  { vault = memoryVault(), prompter = willing().prompter, settings, clock }: Wish,
  { caPem } = provider,
): TokenSource {
  const network: NetworkOptions = {
    ...{ extraCaPem: caPem === '' ? [] : [caPem], resolveRules: provider.resolveRules, dnsServer: '127.0.0.1:9' },
    ...{ concurrency: 2, maxPhotoBytes: 1_000_000, log },
  }
  const wanted = { ...DEFAULT_SETTINGS.oauth, clientId: CLIENT_ID, authority: provider.issuer, ...settings }
  const planner = createOAuthPlanner(wanted, addressOf('anna'))
  const usedClock = clock ?? createManualClock(Date.now())
  return createTokenSource({ userName: 'anna', planner, vault, prompter: () => prompter, network, clock: usedClock })
}

const ask = (source: TokenSource, refused: string | null = null, signal = never) =>
  source.token({ origin: ORIGIN, refused, askRealm: async () => null, signal })

async function tokenOf(source: TokenSource, refused: string | null = null): Promise<string> {
  const answer = await ask(source, refused)
  if (!answer.ok) throw new Error(JSON.stringify([answer.error, log.lines, provider.asked]))
  return answer.value
}

describe('modern sign-in', () => {
  it('in the browser brings a token that the provider knows, by a code with PKCE', async () => {
    const { prompter, prompts } = willing()
    const token = await tokenOf(sourceOf({ prompter }))
    expect(await provider.bearer.accepts(token)).toBe(true)
    const [shown, over] = prompts
    const url = new URL(shown?.kind === 'browser' ? shown.url : '')
    expect(url.origin).toBe(provider.issuer)
    expect(url.searchParams.get('code_challenge_method')).toBe('S256')
    expect(url.searchParams.get('redirect_uri')).toMatch(/^http:\/\/localhost:\d+$/)
    expect(url.searchParams.get('scope')).toContain('https://mail.fjordline.example/EWS.AccessAsUser.All')
    expect(url.searchParams.get('login_hint')).toBe('anna')
    expect(over).toBeNull()
  })

  it('with a code to type brings one, too', async () => {
    const { prompter, prompts } = willing('device-code')
    const token = await tokenOf(sourceOf({ prompter }))
    expect(await provider.bearer.accepts(token)).toBe(true)
    expect(prompts[0]).toMatchObject({ kind: 'device-code', url: `${provider.issuer}/device` })
    expect(prompts.at(-1)).toBeNull()
  })

  it('says which code the provider refused with, and no more of its words', async () => {
    const prompter: SignInPrompter = {
      way: 'browser',
      show: async (prompt) => {
        if (prompt?.kind === 'browser') void provider.cancelAt(prompt.url)
      },
    }
    const answer = await ask(sourceOf({ prompter }))
    expect(answer).toEqual({
      ok: false,
      error: { code: 'oauth-failed', endpoint: provider.issuer, reason: 'access_denied' },
    })
  })

  it('that is cancelled ends at once, and nothing listens for it any more', async () => {
    const abort = new AbortController()
    const shown = Promise.withResolvers<string>()
    const prompter: SignInPrompter = {
      way: 'browser',
      show: async (prompt) => {
        if (prompt?.kind === 'browser') shown.resolve(prompt.url)
      },
    }
    const asking = ask(sourceOf({ prompter }), null, abort.signal)
    const back = new URL(await shown.promise).searchParams.get('redirect_uri') ?? ''
    expect((await fetch(back)).status).toBe(200)
    abort.abort()
    expect(await asking).toEqual({ ok: false, error: { code: 'cancelled' } })
    const isListening = () =>
      fetch(back).then(
        () => true,
        () => false,
      )
    await vi.waitFor(async () => expect(await isListening()).toBe(false))
    expect(provider.granted).toEqual([])
  })

  it('is not tried without a client id', async () => {
    const { prompter, prompts } = willing()
    expect(await ask(sourceOf({ prompter, settings: { clientId: '' } }))).toMatchObject({
      error: { code: 'unauthorized', hint: 'no-client-id' },
    })
    expect(prompts).toEqual([])
    expect(provider.asked).toEqual([])
  })

  it('goes where the Exchange server says, when that lies in the mail domain', async () => {
    const source = sourceOf({ settings: { authority: '' } })
    const askRealm = async () => ({ authorizationUri: `${provider.issuer}/oauth2/authorize`, tenant: null })
    const answer = await source.token({ origin: ORIGIN, refused: null, askRealm, signal: never })
    expect(answer.ok && (await provider.bearer.accepts(answer.value))).toBe(true)
  })

  it('names a sign-in server that cannot be reached, or whose certificate is not trusted', async () => {
    const settings = { authority: 'https://fjordline.example:9' }
    expect(await ask(sourceOf({ settings }))).toMatchObject({
      error: { code: 'unreachable', endpoint: settings.authority },
    })
    const untrusting = { ...provider, caPem: '' }
    expect(await ask(sourceOf({}, untrusting))).toMatchObject({ error: { code: 'certificate-untrusted' } })
  })

  it('is asked for once, however many wait for it', async () => {
    const { prompter, prompts } = willing()
    const source = sourceOf({ prompter })
    const tokens = await Promise.all([tokenOf(source), tokenOf(source), tokenOf(source)])
    expect(new Set(tokens).size).toBe(1)
    expect(prompts).toHaveLength(2)
  })
})

describe('tokens', () => {
  it('are used until shortly before their end, and refreshed then without anybody’s help', async () => {
    const clock = createManualClock(Date.now())
    const { prompter, prompts } = willing()
    const source = sourceOf({ clock, prompter })
    const first = await tokenOf(source)
    await clock.advance(HOUR_MS - 120_000)
    expect(await tokenOf(source)).toBe(first)
    await clock.advance(90_000)
    const second = await tokenOf(source)
    expect(second).not.toBe(first)
    expect(await provider.bearer.accepts(second)).toBe(true)
    expect(provider.granted).toEqual(['authorization_code', 'refresh_token'])
    expect(prompts).toHaveLength(2)
  })

  it('that are kept sign in the next run, which asks nobody and needs no settings', async () => {
    const vault = memoryVault()
    await tokenOf(sourceOf({ vault }))
    const next = sourceOf({ vault, prompter: null, settings: { clientId: '', authority: '' } })
    const token = await tokenOf(next)
    expect(await provider.bearer.accepts(token)).toBe(true)
    await tokenOf(next, token)
    expect(provider.granted).toEqual(['authorization_code', 'refresh_token'])
  })

  it('that a server refuses are replaced once for all who were refused', async () => {
    const source = sourceOf({})
    const first = await tokenOf(source)
    await provider.revoke('access')
    const fresh = await Promise.all([tokenOf(source, first), tokenOf(source, first), tokenOf(source, first)])
    expect(new Set(fresh).size).toBe(1)
    expect(fresh[0]).not.toBe(first)
    expect(provider.granted).toEqual(['authorization_code', 'refresh_token'])
  })

  it('that were revoked end in “sign in again”, for whoever asks nobody', async () => {
    const vault = memoryVault()
    const first = await tokenOf(sourceOf({ vault }))
    await provider.revoke('all')
    const answer = await ask(sourceOf({ vault, prompter: null }), first)
    expect(answer).toMatchObject({ ok: false, error: { code: 'unauthorized', hint: 'sign-in-again' } })
    expect(provider.asked.filter((one) => one === 'POST /token')).toHaveLength(2)
  })

  it.each(['', '{}', 'not JSON', '{"version":2}'])('that are kept as %j are none', async (text) => {
    const vault = memoryVault()
    vault.text = text
    const answer = await ask(sourceOf({ vault, prompter: null }))
    expect(answer).toMatchObject({ ok: false, error: { hint: 'sign-in-again' } })
  })

  it('that cannot be refreshed because the network is away are not lost', async () => {
    const vault = memoryVault()
    const first = await tokenOf(sourceOf({ vault }))
    const text = vault.text
    const answer = await ask(sourceOf({ vault, prompter: null }, { ...provider, caPem: '' }), first)
    expect(answer).toMatchObject({ ok: false, error: { code: 'certificate-untrusted' } })
    expect(vault.text).toBe(text)
  })

  it('are in no log and no error', async () => {
    const vault = memoryVault()
    const first = await tokenOf(sourceOf({ vault }))
    await provider.revoke('all')
    const answers = [await ask(sourceOf({ vault, prompter: null }), first)]
    expect(provider.secrets.size).toBeGreaterThanOrEqual(3)
    const written = JSON.stringify([log.lines, answers])
    for (const secret of provider.secrets) expect(written).not.toContain(secret)
  })
})
