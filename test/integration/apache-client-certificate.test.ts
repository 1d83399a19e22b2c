import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ClientCertificate } from '../../src/main/core/connections/ports.ts'
import { createExchangeConnector } from '../../src/main/exchange/create-exchange-connector.ts'
import { readClientCertificate } from '../../src/main/exchange/http/read-client-certificate.ts'
import { describeError } from '../../src/shared/describe-error.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import { type ClientCa, createClientCa, type KeyPair, toPfx, whyNoOpenssl } from '../support/client-certificates.ts'
import { type Apache, startApache, whyNoApache } from '../support/start-apache.ts'

const MODULES = ['auth_basic', 'authn_file']
const missing = whyNoApache([], MODULES) ?? whyNoOpenssl()

const USER_NAME = 'anna'
const PASSWORD = 'Blaubeere-7'
const ADDRESS = smtpAddressSchema.parse('anna@fjordline.example')
const { signal } = new AbortController()

function pem({ certificate, key }: KeyPair): ClientCertificate {
  return { kind: 'pem', certificates: certificate, key }
}

/**
 * How a server can ask: of everybody, as it opens the connection, in TLS 1.3 or 1.2; or, as IIS does, only at a folder, which
 * in TLS 1.2 is a second handshake on the same connection.
 */
const WAYS = [
  { name: 'in TLS 1.3', server: ['SSLProtocol TLSv1.3', 'SSLVerifyClient require'], folder: [] },
  { name: 'in TLS 1.2', server: ['SSLProtocol TLSv1.2', 'SSLVerifyClient require'], folder: [] },
  { name: 'at a folder, in TLS 1.2', server: ['SSLProtocol TLSv1.2'], folder: ['SSLVerifyClient require'] },
] as const

describe.skipIf(missing !== null).each(WAYS)(
  `a client certificate at Debian’s Apache, asked for $name${missing === null ? '' : ` (skipped: ${missing})`}`,
  ({ server, folder }) => {
    let apache: Apache
    let ca: ClientCa
    const running: { close(): Promise<void> }[] = []

    beforeAll(async () => {
      ca = await createClientCa()
      apache = await startApache({
        modules: MODULES,
        server: [...server, 'SSLCACertificateFile FOLDER/clients.pem'],
        signIn: ['AuthType Basic', 'AuthUserFile FOLDER/users', ...folder],
        env: async (at) => {
          const hash = createHash('sha1').update(PASSWORD).digest('base64')
          await writeFile(join(at, 'users'), `${USER_NAME}:{SHA}${hash}\n`)
          await writeFile(join(at, 'clients.pem'), ca.caPem)
          return {}
        },
      })
    })
    afterEach(async () => {
      await Promise.all(running.splice(0).map((one) => one.close()))
    })
    afterAll(() => apache?.close())

    async function ask(clientCertificate: ClientCertificate | null) {
      const endpoints = { ewsUrl: apache.ewsUrl, photosUrl: null, serverVersion: 'Exchange2016' }
      const credentials = { userName: USER_NAME, password: PASSWORD, ...(clientCertificate && { clientCertificate }) }
      const session = createExchangeConnector().openSession(endpoints, credentials, 'basic', apache.network)
      running.push(session)
      return session.photos.fetchPhoto({ address: ADDRESS, sizeCode: 'HR96x96', etag: null, signal })
    }

    it('opens the way, from PFX and from PEM, and only together with the sign-in', async () => {
      const anna = await ca.issue('anna at work')
      const read = readClientCertificate([toPfx(anna, 'sesam')], 'sesam', Date.now())
      for (const own of [read.ok ? read.value.own : null, pem(anna)]) {
        const answer = await ask(own)
        expect(answer).toMatchObject({ kind: 'photo' })
        expect(answer.kind === 'photo' ? Buffer.from(answer.bytes) : null).toEqual(apache.photo)
      }
      await expect
        .poll(async () => (await apache.requests()).filter(({ status }) => status === 200))
        .toEqual(Array(2).fill(expect.objectContaining({ user: USER_NAME, client: 'anna at work' })))
    })

    it('is missed in words where none is set', async () => {
      const before = (await apache.requests()).filter(({ status }) => status === 200).length
      const answer = await ask(null)
      expect(answer).toMatchObject({ kind: 'failed', error: { code: 'client-certificate-refused' } })
      const error = answer.kind === 'failed' ? answer.error : null
      expect(error).toMatchObject({ reason: expect.stringMatching(/missing$/) })
      expect(error === null ? '' : describeError(error).title).toContain('wants a client certificate')
      expect((await apache.requests()).filter(({ status }) => status === 200)).toHaveLength(before)
    })

    it('that the server does not take is named as that, and says why', async () => {
      const refused = async (own: KeyPair) => {
        const answer = await ask(pem(own))
        return answer.kind === 'failed' ? answer.error : answer.kind
      }
      expect(await refused(await ca.issue('anna', [-5, -1]))).toMatchObject({
        code: 'client-certificate-refused',
        reason: 'expired',
      })
      const stranger = await (await createClientCa('CN=Somebody Else')).issue('anna')
      expect(await refused(stranger)).toMatchObject({ code: 'client-certificate-refused', reason: 'unknown-issuer' })
    })
  },
)
