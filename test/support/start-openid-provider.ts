import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import type { ResolveRule } from '../../src/main/core/connections/ports.ts'
import type { DemoBearer } from '../../src/main/demo/demo-types.ts'
import { openCertificates } from '../../src/main/demo/sign-in/create-certificates.ts'
import { type PlainBrowser, startPlainBrowser } from './plain-browser.ts'

/** The mail domain of the demo: a sign-in server in it may be named by its Exchange. */
const HOST = 'fjordline.example'
export const CLIENT_ID = 'rollcall-in-tests'
/** What is asked for when nothing is set, at both of the demo's hosts. */
const SCOPES = ['mail', 'autodiscover'].map((name) => `https://${name}.${HOST}/EWS.AccessAsUser.All`)

/** An OpenID provider that is not ours, on https on this machine. */
export interface TestProvider {
  /** `https://fjordline.example:<port>`. */
  readonly issuer: string
  readonly caPem: string
  /** How to reach it. */
  readonly resolveRules: readonly ResolveRule[]
  /** For the demo Exchange: its tokens are those of this provider. */
  readonly bearer: DemoBearer
  /** What was asked, such as `POST /token`. */
  readonly asked: string[]
  /** Grant types of the tokens that were given. */
  readonly granted: string[]
  /** Every secret that was given: access, refresh and id tokens. */
  readonly secrets: Set<string>
  /** Signs in on the page of an authorization request, to the end: the browser is sent back to the app. */
  signInAt(url: string): Promise<string>
  /** Presses Cancel on it. */
  cancelAt(url: string): Promise<string>
  /** Types a device code in, signs in and agrees. */
  typeCode(url: string, code: string): Promise<void>
  /** Takes back all access tokens, or everything. */
  revoke(what: 'access' | 'all'): Promise<void>
  /** Polls for a device code wait until this is called. */
  releasePolls(): void
  /** Forgets what was asked and given; what is valid stays so. */
  clear(): void
  close(): Promise<void>
}

/** @param folder where its certificate is kept: the same one as the demo's, so that both have one CA */
export async function startOpenIdProvider(folder: string): Promise<TestProvider> {
  const { caPem, certificatePem, keyPem } = await openCertificates(folder, Date.now())
  const server = createServer({ cert: certificatePem, key: keyPem })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const issuer = `https://${HOST}:${port}`
  const provider = createProvider(issuer)
  const asked: string[] = []
  const records = keepRecords(provider)
  const polls = holdPolls()
  const handle = provider.callback()
  server.on('request', (request, response) => {
    const path = request.url?.split('?')[0] ?? ''
    asked.push(`${request.method} ${path}`)
    void polls.pass(path).then(() => handle(request, response))
  })
  const atWork = new Set<Promise<unknown>>()
  /** Somebody at a browser of their own; closing waits for them to be done. */
  function byPerson<T>(work: (browser: PlainBrowser) => Promise<T>): Promise<T> {
    const browser = startPlainBrowser(caPem, port)
    const working = work(browser).finally(() => browser.close())
    atWork.add(working)
    return working
  }
  return {
    ...{ issuer, caPem, asked, releasePolls: polls.release, ...records },
    resolveRules: [{ host: HOST, port, toAddress: '127.0.0.1', toPort: port }],
    bearer: {
      authorizationUri: `${issuer}/oauth2/authorize`,
      async accepts(token) {
        const found = await provider.AccessToken.find(token)
        return found?.isValid === true && SCOPES.some((scope) => found.scopes.has(scope))
      },
    },
    signInAt: (url) =>
      byPerson(async (browser) => {
        const consent = await browser.submit(await browser.open(url), { login: 'anna', password: 'anything' })
        const answer = await browser.submit(consent)
        return (await browser.submit(answer)).html
      }),
    cancelAt: (url) =>
      byPerson(async (browser) => {
        const page = await browser.open(url)
        const abort = /href="([^"]*\/abort)"/.exec(page.html)?.[1] ?? ''
        return (await browser.submit(await browser.open(new URL(abort, page.url).href))).html
      }),
    typeCode: (url, code) =>
      byPerson(async (browser) => {
        const confirm = await browser.submit(await browser.open(url), { user_code: code })
        const login = await browser.submit(confirm, { confirm: 'yes' })
        const consent = await browser.submit(login, { login: 'anna', password: 'anything' })
        const end = await browser.submit(consent)
        if (!/Sign-in Success/i.test(end.html)) throw new Error(`the code was not taken: ${end.status} ${end.html}`)
      }),
    clear() {
      asked.length = 0
      records.clear()
      polls.reset()
    },
    async close() {
      polls.release()
      await Promise.allSettled([...atWork])
      await stop(server)
    },
  }
}

function createProvider(issuer: string): Provider {
  return new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        application_type: 'native',
        redirect_uris: ['http://localhost'],
        response_types: ['code'],
        grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
        token_endpoint_auth_method: 'none',
      },
    ],
    scopes: ['openid', 'offline_access', ...SCOPES],
    features: { deviceFlow: { enabled: true } },
    pkce: { required: () => true },
    cookies: { keys: ['a key of this test'] },
    issueRefreshToken: async () => true,
    ttl: {
      AccessToken: 3_600,
      IdToken: 3_600,
      RefreshToken: 86_400,
      Session: 3_600,
      Interaction: 3_600,
      Grant: 86_400,
      DeviceCode: 600,
    },
    claims: { openid: ['sub'], profile: ['name'] },
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  })
}

interface Revocable {
  destroy(): Promise<unknown>
}

/** Remembers what is given, to take it back and to look for it where it must not be. */
function keepRecords(provider: Provider) {
  const granted: string[] = []
  const secrets = new Set<string>()
  const live = { access: new Set<Revocable>(), refresh: new Set<Revocable>() }
  provider.on('access_token.saved', (token) => live.access.add(token))
  provider.on('refresh_token.saved', (token) => live.refresh.add(token))
  provider.on('grant.success', (context) => {
    granted.push(String(context.oidc.params?.['grant_type']))
    const body: unknown = context.body
    if (typeof body !== 'object' || body === null) return
    for (const [name, value] of Object.entries(body)) if (/_token$/.test(name)) secrets.add(String(value))
  })
  return {
    granted,
    secrets,
    clear(): void {
      granted.length = 0
      secrets.clear()
      live.access.clear()
      live.refresh.clear()
    },
    async revoke(what: 'access' | 'all') {
      const gone = what === 'access' ? [...live.access] : [...live.access, ...live.refresh]
      for (const token of gone) await token.destroy()
    },
  }
}

/** Once a device code was given, questions for tokens wait for the person, and not for the clock. */
function holdPolls() {
  let released = Promise.withResolvers<void>()
  let isHolding = false
  return {
    release: () => released.resolve(),
    reset(): void {
      released.resolve()
      released = Promise.withResolvers<void>()
      isHolding = false
    },
    async pass(path: string): Promise<void> {
      if (path === '/device/auth') isHolding = true
      if (path === '/token' && isHolding) await released.promise
    },
  }
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  return new Promise((resolve) => server.close(() => resolve()))
}
