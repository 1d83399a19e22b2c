import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createExchangeConnector } from '../../src/main/exchange/create-exchange-connector.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import { type Apache, startApache, whyNoApache } from '../support/start-apache.ts'

const GSSNTLMSSP = '/etc/gss/mech.d/mech.ntlmssp.conf'
const missing = whyNoApache([GSSNTLMSSP])

const USER_NAME = 'FJORD\\anna'
const PASSWORD = 'Ångström-1'
const ADDRESS = smtpAddressSchema.parse('anna@fjordline.example')
const { signal } = new AbortController()

/** gss-ntlmssp reads every message strictly: it refuses one without the version structure, which others let pass. */
describe.skipIf(missing !== null)(`NTLM at Debian’s Apache${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let apache: Apache
  const running: { close(): Promise<void> }[] = []

  beforeAll(async () => {
    apache = await startApache({
      signIn: ['AuthType GSSAPI', 'GssapiAllowedMech ntlmssp', 'GssapiConnectionBound On'],
      env: async (folder) => {
        const users = join(folder, 'users')
        await writeFile(users, `${USER_NAME.replace('\\', ':')}:${PASSWORD}\n`)
        return { NTLM_USER_FILE: users }
      },
    })
  })
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.close()))
  })
  afterAll(() => apache?.close())

  function photosOf(password: string, concurrency: number) {
    const endpoints = { ewsUrl: apache.ewsUrl, photosUrl: null, serverVersion: 'Exchange2016' }
    const network = { ...apache.network, concurrency }
    const session = createExchangeConnector().openSession(endpoints, { userName: USER_NAME, password }, 'ntlm', network)
    running.push(session)
    return () => session.photos.fetchPhoto({ address: ADDRESS, sizeCode: 'HR96x96', etag: null, signal })
  }

  /** What Apache logged of some work: it writes a line after its answer, so that the last ones are waited for. */
  async function loggedBy(lines: { status: number; count: number }, work: () => Promise<void>) {
    const before = (await apache.requests()).length
    const logged = async () => (await apache.requests()).slice(before)
    await work()
    await expect
      .poll(async () => (await logged()).filter(({ status }) => status === lines.status).length)
      .toBeGreaterThanOrEqual(lines.count)
    return logged()
  }

  it('signs a connection in once, however many photos follow', async () => {
    const ask = photosOf(PASSWORD, 1)
    const log = await loggedBy({ status: 200, count: 6 }, async () => {
      for (let count = 0; count < 6; count++) {
        const answer = await ask()
        expect(answer).toMatchObject({ kind: 'photo' })
        expect(answer.kind === 'photo' ? Buffer.from(answer.bytes) : null).toEqual(apache.photo)
      }
    })
    expect(log.map(({ status }) => status)).toEqual([401, 401, 200, 200, 200, 200, 200, 200])
    expect(log.filter(({ status }) => status === 200).every(({ user }) => user.toLowerCase().includes('anna'))).toBe(
      true,
    )
    expect(new Set(log.map(({ connection }) => connection)).size).toBe(1)
  })

  it('shakes hands once on each of several connections', async () => {
    const ask = photosOf(PASSWORD, 3)
    const log = await loggedBy({ status: 200, count: 12 }, async () => {
      const answers = await Promise.all(Array.from({ length: 12 }, ask))
      expect(answers.every(({ kind }) => kind === 'photo')).toBe(true)
    })
    const connections = new Set(log.map(({ connection }) => connection))
    expect(log.filter(({ status }) => status === 200)).toHaveLength(12)
    // One 401 for the question how to sign in, and one for the challenge on each connection.
    expect(log.filter(({ status }) => status === 401)).toHaveLength(1 + connections.size)
  })

  it('counts a wrong password as one failed logon, however many photos are asked for', async () => {
    const ask = photosOf('wrong', 4)
    const errorsBefore = (await apache.errors()).split('gss_accept_sec_context() failed').length
    const log = await loggedBy({ status: 401, count: 3 }, async () => {
      const answers = await Promise.all(Array.from({ length: 8 }, ask))
      for (const answer of answers) {
        expect(answer).toMatchObject({ kind: 'failed', error: { code: 'unauthorized', hint: 'wrong-password' } })
      }
    })
    expect(log.every(({ status }) => status === 401)).toBe(true)
    expect((await apache.errors()).split('gss_accept_sec_context() failed').length - errorsBefore).toBe(1)
  })
})
