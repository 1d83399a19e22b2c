import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DemoExchange, startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import type { InProcessEngine } from '../../src/main/engine/session-types.ts'
import { startEngine } from '../../src/main/engine/start-engine.ts'
import { describeSteps } from '../../src/shared/describe-connection.ts'
import { type ClientCa, createClientCa, toPfx, whyNoOpenssl } from '../support/client-certificates.ts'
import { bareHost, engineOptions } from '../support/engine-options.ts'
import { addressOf } from '../support/photo-records.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { startTlsBridge, type TlsBridge } from '../support/tls-bridge.ts'

const missing = whyNoOpenssl()

let exchange: DemoExchange
let proxy: TlsBridge
let ca: ClientCa
const engines: InProcessEngine[] = []

beforeAll(async () => {
  ca = await createClientCa()
  exchange = await startDemoExchange({ people: 20, schemes: ['basic'] })
  proxy = await startTlsBridge(exchange.port, { requestCert: true, ca: [ca.caPem] })
})
afterAll(async () => {
  await Promise.all(engines.map((engine) => engine.close()))
  await proxy.close()
  await exchange.close()
})

function userOf({ accounts }: DemoExchange) {
  const [user] = accounts
  if (user === undefined) throw new Error('the demo has no account')
  return { ...user, address: addressOf(user.address) }
}

/** An engine that reaches the demo only through a reverse proxy which wants a client certificate. */
async function open(dataDir: string): Promise<InProcessEngine> {
  const resolveRules = exchange.resolveRules.map((rule) => ({ ...rule, toPort: proxy.port }))
  const network = { extraCaPem: [proxy.caPem], resolveRules, dnsServer: '127.0.0.1:9', concurrency: null }
  const engine = await startEngine(engineOptions(dataDir, { network }), bareHost())
  engines.push(engine)
  return engine
}

const toBase64 = (content: string | Buffer): string => Buffer.from(content).toString('base64')

it('a reverse proxy that wants a client certificate is told of in the steps, with what to do', async () => {
  const { client } = await open(temporaryFolder())
  const { address, userName, password } = userOf(exchange)
  const outcome = await client.connections.start({ address, userName, password })
  expect(outcome).toMatchObject({ account: null, error: { code: 'client-certificate-refused', reason: 'missing' } })
  const text = describeSteps(outcome.steps)
  expect(text).toMatch(/autodiscover-soap.*refused/)
  expect(text).toContain('wants a client certificate, and got none')
  expect(text).toContain('--client-certificate')
  // The certificate of the proxy is shown, although nothing was answered.
  expect(text).toContain('Certificate SHA-256')
})

it('the certificate opens discovery, the sign-in and everything after it, and is kept until it is taken away', async () => {
  const { client } = await open(temporaryFolder())
  const { address, userName, password } = userOf(exchange)
  const anna = await ca.issue('anna')
  const files = [toBase64(anna.certificate), toBase64(anna.key)]
  const outcome = await client.connections.start({ address, userName, password, clientCertificate: { files } })
  expect(outcome.error).toBeNull()
  const read = () => client.connections.readCertificates({ address })
  expect(await read()).toMatchObject({ clientCertificate: { subject: 'CN=anna', issuer: 'CN=Fjordline Client CA' } })
  expect((await client.people.searchServer({ text: 'a' })).found).toBeGreaterThan(0)
  expect((await client.connections.test()).error).toBeNull()
  // Signing in again without saying anything about it leaves it as it is.
  expect((await client.connections.start({ address, userName, password })).error).toBeNull()
  expect((await read()).clientCertificate).toMatchObject({ subject: 'CN=anna' })

  await client.connections.changeCertificates({ address, clientCertificate: null })
  expect((await read()).clientCertificate).toBeNull()
  await expect.poll(async () => (await client.connections.read()).state).toBe('signed-out')
  expect((await client.connections.read()).error).toMatchObject({ code: 'client-certificate-refused' })
  await client.connections.changeCertificates({ address, clientCertificate: { files } })
  await expect.poll(async () => (await client.connections.read()).state).toBe('online')
})

it.skipIf(missing !== null)(
  `a wrong passphrase is told before anybody is asked, and nothing is changed${missing === null ? '' : ` (skipped: ${missing})`}`,
  async () => {
    const { client } = await open(temporaryFolder())
    const { address, userName, password } = userOf(exchange)
    const files = [toBase64(toPfx(await ca.issue('anna'), 'sesam'))]
    exchange.clearRequests()
    const wrong = await client.connections.start({
      ...{ address, userName, password },
      clientCertificate: { files, passphrase: 'wrong' },
    })
    expect(wrong).toMatchObject({ steps: [], error: { code: 'client-certificate-file', reason: 'wrong-passphrase' } })
    expect(exchange.requests()).toEqual([])
    const right = { files, passphrase: 'sesam' }
    expect(await client.connections.inspectClientCertificate(right)).toMatchObject({ subject: 'CN=anna' })
    const good = await client.connections.start({ address, userName, password, clientCertificate: right })
    expect(good.error).toBeNull()
    const refused = client.connections.changeCertificates({ address, clientCertificate: { ...right, passphrase: '' } })
    await expect(refused).rejects.toMatchObject({ data: { code: 'client-certificate-file' } })
    expect((await client.connections.readCertificates({ address })).clientCertificate).not.toBeNull()
  },
)

it('a CA that is chosen for an account is trusted for it, shown, kept and taken away again', async () => {
  const folder = temporaryFolder()
  const engine = await startEngine(
    engineOptions(folder, {
      network: { extraCaPem: [], resolveRules: exchange.resolveRules, dnsServer: '127.0.0.1:9', concurrency: null },
    }),
    bareHost(),
  )
  engines.push(engine)
  const { client } = engine
  const { address, userName, password } = userOf(exchange)
  const refused = await client.connections.start({ address, userName, password })
  expect(refused.error).toMatchObject({ code: 'certificate-untrusted' })
  const authorities = [toBase64(exchange.caPem)]
  expect(await client.connections.inspectAuthorities({ files: authorities })).toMatchObject([
    { subject: expect.stringContaining('Fjordline Demo CA'), sha256: expect.stringMatching(/^([0-9A-F]{2}:){31}/) },
  ])
  const empty = client.connections.inspectAuthorities({ files: [toBase64('a shopping list')] })
  await expect(empty).rejects.toMatchObject({ data: { code: 'authority-file', reason: 'no-certificate' } })
  const trusted = await client.connections.start({ address, userName, password, authorities })
  expect(trusted.error).toBeNull()
  expect(await client.connections.readCertificates({ address })).toMatchObject({
    authorities: [{ issuer: expect.stringContaining('Fjordline Demo CA') }],
    pins: [],
  })
  await client.connections.changeCertificates({ address, authorities: [] })
  await expect.poll(async () => (await client.connections.read()).state).toBe('offline')
})

it('a certificate is trusted without signing in anew only while the server of the open account shows it', async () => {
  const network = {
    ...{ extraCaPem: [], resolveRules: exchange.resolveRules, dnsServer: '127.0.0.1:9', concurrency: null },
  }
  const engine = await startEngine(engineOptions(temporaryFolder(), { network }), bareHost())
  engines.push(engine)
  const { client } = engine
  const { address, userName, password } = userOf(exchange)
  const pin = async () => {
    const { error } = await client.connections.start({ address, userName, password })
    return error?.code === 'certificate-untrusted' ? (error.certificate?.sha256 ?? '') : ''
  }
  const sha256 = await pin()
  expect((await client.connections.start({ address, userName, password, pins: [sha256] })).error).toBeNull()
  const agree = (agreedPin: string) => client.connections.changeCertificates({ address, agreedPin })
  // It is trusted already: there is no question to agree to.
  await expect(agree(sha256)).rejects.toMatchObject({ data: { code: 'unknown-reference' } })
  await client.connections.changeCertificates({ address, pins: [] })
  await expect.poll(async () => (await client.connections.read()).state).toBe('offline')
  await expect(agree(sha256.replace(/^../, '00'))).rejects.toMatchObject({ data: { code: 'unknown-reference' } })
  expect((await client.connections.readCertificates({ address })).pins).toEqual([])
  expect((await agree(sha256)).pins).toEqual([sha256])
  await expect.poll(async () => (await client.connections.read()).state).toBe('online')
})
