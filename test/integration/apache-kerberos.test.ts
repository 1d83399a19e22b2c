import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { TicketSource } from '../../src/main/core/connections/ports.ts'
import { createExchangeConnector } from '../../src/main/exchange/create-exchange-connector.ts'
import { loadTicketSource } from '../../src/main/system/kerberos-tickets.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import { silentLog } from '../support/manual-clock.ts'
import { type Apache, startApache, whyNoApache } from '../support/start-apache.ts'
import { type Kdc, startKdc, whyNoKdc } from '../support/start-kdc.ts'
import { TINY_HOST } from '../support/tiny-https-server.ts'

const tickets = loadTicketSource(silentLog)
const missing = whyNoApache([]) ?? whyNoKdc() ?? (tickets === null ? 'the kerberos package is not built' : null)
const ADDRESS = smtpAddressSchema.parse('anna@fjordline.example')
const { signal } = new AbortController()

describe.skipIf(missing !== null).each([
  { name: 'each connection', isBound: 'On' },
  { name: 'each request', isBound: 'Off' },
])(
  `Kerberos at Debian’s Apache, a ticket for $name${missing === null ? '' : ` (skipped: ${missing})`}`,
  ({ isBound }) => {
    let apache: Apache
    let kdc: Kdc
    const running: { close(): Promise<void> }[] = []
    const before = { ...process.env }

    beforeAll(async () => {
      kdc = await startKdc(TINY_HOST, 'anna')
      Object.assign(process.env, kdc.env)
      apache = await startApache({
        signIn: [
          'AuthType GSSAPI',
          'GssapiAllowedMech krb5',
          `GssapiConnectionBound ${isBound}`,
          `GssapiCredStore keytab:${kdc.keytab}`,
        ],
        env: async (folder) => ({ KRB5_CONFIG: kdc.env.KRB5_CONFIG, KRB5RCACHENAME: `dfl:${folder}` }),
      })
    })
    beforeEach(() => kdc.kinit())
    afterEach(async () => {
      await Promise.all(running.splice(0).map((one) => one.close()))
    })
    afterAll(async () => {
      await apache?.close()
      await kdc?.close()
      for (const name of ['KRB5_CONFIG', 'KRB5CCNAME']) {
        if (before[name] === undefined) delete process.env[name]
        else process.env[name] = before[name]
      }
    })

    function photosOf(source: TicketSource | null = tickets) {
      const endpoints = { ewsUrl: apache.ewsUrl, photosUrl: null, serverVersion: 'Exchange2016' }
      const credentials = { userName: 'anna', password: '', ...(source !== null && { tickets: source }) }
      const network = { ...apache.network, concurrency: 1 }
      const session = createExchangeConnector().openSession(endpoints, credentials, 'auto', network)
      running.push(session)
      return () => session.photos.fetchPhoto({ address: ADDRESS, sizeCode: 'HR96x96', etag: null, signal })
    }

    /** Apache writes a line after its answer: what it logged once nothing more comes. */
    async function settledLog() {
      let lines = -1
      await expect
        .poll(
          async () => {
            const before = lines
            lines = (await apache.requests()).length
            return lines === before
          },
          { interval: 150 },
        )
        .toBe(true)
      return apache.requests()
    }

    it('signs the logged-on user in without a password', async () => {
      const ask = photosOf()
      const known = (await settledLog()).length
      for (let count = 0; count < 4; count++) {
        const answer = await ask()
        expect(answer.kind === 'photo' ? Buffer.from(answer.bytes) : answer).toEqual(apache.photo)
      }
      const log = (await settledLog()).slice(known)
      expect(log.filter(({ status }) => status === 200).every(({ user }) => user.startsWith('anna@'))).toBe(true)
      // The question how to sign in; and once, where each request needs its ticket, finding that out.
      expect(log.filter(({ status }) => status === 401)).toHaveLength(isBound === 'On' ? 1 : 2)
      expect(new Set(log.map(({ connection }) => connection)).size).toBe(1)
    })

    it('says that there is no ticket, and asks nothing with credentials', async () => {
      await kdc.kdestroy()
      expect(await photosOf()()).toMatchObject({ error: { code: 'unauthorized', hint: 'no-ticket' } })
    })

    it('does not believe a server that cannot prove itself', async () => {
      const forgetful: TicketSource = {
        canUsePassword: false,
        async begin(...asked) {
          const answer = await tickets?.begin(...asked)
          if (answer?.kind !== 'ticket') throw new Error('there is no ticket')
          // A token that another server made for another client.
          const other = await tickets?.begin(...asked)
          if (other?.kind !== 'ticket') throw new Error('there is no ticket')
          return { ...answer, isProvenBy: other.isProvenBy }
        },
      }
      expect(await photosOf(forgetful)()).toMatchObject({
        kind: 'failed',
        error: { code: 'unexpected-answer', detail: expect.stringContaining('mutual authentication') },
      })
    })

    it('goes to no host that was not agreed to', async () => {
      const shy: TicketSource = { canUsePassword: false, begin: async () => ({ kind: 'not-agreed' }) }
      const known = (await settledLog()).length
      expect(await photosOf(shy)()).toMatchObject({ error: { code: 'unauthorized', hint: 'host-not-agreed' } })
      expect((await settledLog()).slice(known).map(({ status }) => status)).toEqual([401])
    })

    it('needs a password where there is no Kerberos', async () => {
      expect(await photosOf(null)()).toMatchObject({ error: { code: 'unauthorized' } })
    })
  },
)
