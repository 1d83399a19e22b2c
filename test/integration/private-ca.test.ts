import { X509Certificate } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import type { NetworkOptions } from '../../src/main/core/connections/ports.ts'
import { createExchangeConnector } from '../../src/main/exchange/create-exchange-connector.ts'
import { describeError } from '../../src/shared/describe-error.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import { startTinyServer, type TinyServer } from '../support/tiny-https-server.ts'

const { signal } = new AbortController()
const ADDRESS = smtpAddressSchema.parse('anna@fjordline.example')
const CREDENTIALS = { userName: 'anna', password: 'Marked-Secret' }
const connector = createExchangeConnector()
const running: { close(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()))
})

async function start(tls: Parameters<typeof startTinyServer>[1] = {}): Promise<TinyServer> {
  const server = await startTinyServer((request, response) => {
    if (request.headers.authorization !== undefined) response.writeHead(404).end()
    else response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
  }, tls)
  running.push(server)
  return server
}

/** Asks for a photo without the server's CA; 404 is the answer of a server that was trusted. */
async function ask(server: TinyServer, changes: Partial<NetworkOptions>, url = server.url) {
  const endpoints = { ewsUrl: `${url}/EWS/Exchange.asmx`, photosUrl: null, serverVersion: 'Exchange2013' }
  const network = { ...server.network, extraCaPem: [], ...changes }
  const session = connector.openSession(endpoints, CREDENTIALS, 'auto', network)
  running.push(session)
  const answer = await session.photos.fetchPhoto({ address: ADDRESS, sizeCode: 'HR96x96', etag: null, signal })
  return answer.kind === 'failed' ? answer.error : answer.kind
}

function caOf({ network }: TinyServer): X509Certificate {
  return new X509Certificate(network.extraCaPem[0] ?? '')
}

describe('a server whose CA nobody knows', () => {
  it('is not spoken to, and shows its own certificate where its CA is not sent', async () => {
    const server = await start()
    const error = await ask(server, {})
    expect(error).toMatchObject({
      code: 'certificate-untrusted',
      certificate: { subject: 'CN=mail.fjordline.example', issuer: expect.stringContaining('Fjordline Demo CA') },
    })
    expect(server.asked).toEqual([])
    const words = typeof error === 'string' ? '' : describeError(error).nextStep
    expect(words).toMatch(/SHA-256 fingerprint .* ([0-9A-F]{2}:){31}[0-9A-F]{2}/)
  })

  it('shows its CA’s certificate where that is sent', async () => {
    const server = await start({ isCaSent: true })
    expect(await ask(server, {})).toMatchObject({
      code: 'certificate-untrusted',
      certificate: { sha256: caOf(server).fingerprint256, validToMs: Date.parse(caOf(server).validTo) },
    })
  })

  it.each([false, true])(
    'is spoken to when the certificate that it showed is pinned (its CA sent: %s)',
    async (isCaSent) => {
      const server = await start({ isCaSent })
      const error = await ask(server, {})
      const shown = typeof error !== 'string' && error.code === 'certificate-untrusted' ? error.certificate : undefined
      expect(await ask(server, { pins: [shown?.sha256 ?? ''] })).toBe('absent')
      // The command line takes it as openssl and browsers write it.
      expect(await ask(server, { pins: [(shown?.sha256 ?? '').replaceAll(':', '').toLowerCase()] })).toBe('absent')
    },
  )

  it('is not spoken to with another pin', async () => {
    const [server, other] = [await start(), await start()]
    const shown = await ask(other, {})
    const pin = typeof shown !== 'string' && shown.code === 'certificate-untrusted' ? shown.certificate?.sha256 : ''
    expect(await ask(server, { pins: [pin ?? ''] })).toMatchObject({ code: 'certificate-untrusted' })
    expect(server.asked).toEqual([])
  })

  it('is not spoken to under another name, whatever is pinned, and offers nothing to pin then', async () => {
    const server = await start({ isCaSent: true })
    const rule = server.network.resolveRules[0]
    const resolveRules = rule === undefined ? [] : [{ ...rule, host: 'mail.other.example' }]
    const url = 'https://mail.other.example'
    const unpinned = await ask(server, { resolveRules }, url)
    expect(unpinned).toMatchObject({ code: 'certificate-untrusted' })
    expect(unpinned).not.toHaveProperty('certificate')
    const pins = [caOf(server).fingerprint256]
    await ask(server, { pins })
    expect(await ask(server, { resolveRules, pins }, url)).toMatchObject({ reason: 'ERR_TLS_CERT_ALTNAME_INVALID' })
    expect(server.asked.every((one) => one.url.includes('EWS'))).toBe(true)
  })

  it('pinned for one account is not trusted for another', async () => {
    const server = await start()
    const shown = await ask(server, {})
    const pin = typeof shown !== 'string' && shown.code === 'certificate-untrusted' ? shown.certificate?.sha256 : ''
    expect(await ask(server, { pins: [pin ?? ''] })).toBe('absent')
    expect(await ask(server, {})).toMatchObject({ code: 'certificate-untrusted' })
  })
})

it('a server that speaks nothing newer than TLS 1.1 is not spoken to', async () => {
  const server = await start({ minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' })
  expect(await ask(server, { extraCaPem: server.network.extraCaPem })).toMatchObject({ code: 'unreachable' })
  expect(server.asked).toEqual([])
})
