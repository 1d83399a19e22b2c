import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DemoExchange } from '../../src/main/demo/demo-types.ts'
import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import { loadTicketSource } from '../../src/main/system/kerberos-tickets.ts'
import { jsonLines, startCommand } from '../support/command-line.ts'
import { silentLog } from '../support/manual-clock.ts'
import { type Apache, GSSAPI, PROXY_MODULES, startApache, whyNoApache } from '../support/start-apache.ts'
import { type Kdc, startKdc, whyNoKdc } from '../support/start-kdc.ts'
import { TINY_HOST } from '../support/tiny-https-server.ts'

const isKerberosBuilt = loadTicketSource(silentLog) !== null
const missing =
  whyNoApache([], [...GSSAPI, ...PROXY_MODULES]) ??
  whyNoKdc() ??
  (isKerberosBuilt ? null : 'the kerberos package is not built')

describe.skipIf(missing !== null)(
  `the command line, signed in by Kerberos at an Apache before the demo Exchange${missing === null ? '' : ` (skipped: ${missing})`}`,
  () => {
    let exchange: DemoExchange
    let kdc: Kdc
    let home = ''
    let apache: Apache

    beforeAll(async () => {
      exchange = await startDemoExchange({ people: 20 })
      kdc = await startKdc(TINY_HOST, 'anna')
    })
    beforeEach(async () => {
      home = await mkdtemp(join(tmpdir(), 'rollcall-cli-kerberos-'))
      await kdc.kinit()
    })
    afterEach(async () => {
      await apache?.close()
      await rm(home, { recursive: true, force: true })
    })
    afterAll(async () => {
      await kdc?.close()
      await exchange?.close()
    })

    /** Apache asks for a ticket, and asks the demo in the first account's name. */
    async function stand(...more: string[]): Promise<void> {
      const [account] = exchange.accounts
      if (account === undefined) throw new Error('the demo has no account')
      apache = await startApache({
        signIn: [
          'AuthType GSSAPI',
          'GssapiAllowedMech krb5',
          'GssapiConnectionBound On',
          `GssapiCredStore keytab:${kdc.keytab}`,
          ...more,
        ],
        env: async (folder) => ({ KRB5_CONFIG: kdc.env.KRB5_CONFIG, KRB5RCACHENAME: `dfl:${folder}` }),
        behind: { port: exchange.port, userName: account.userName, password: account.password },
      })
      await writeFile(join(home, 'ca.pem'), apache.network.extraCaPem.join('\n'))
    }

    function run(...args: string[]) {
      const [rule] = apache.network.resolveRules
      const network = [
        ...['--data-dir', join(home, 'data'), '--ca-file', join(home, 'ca.pem'), '--dns-server', '127.0.0.1:9'],
        ...['--resolve', `${rule?.host}:${rule?.port}:${rule?.toAddress}:${rule?.toPort}`],
      ]
      const account = ['--account', exchange.accounts[0]?.address ?? '', '--server', apache.ewsUrl]
      return startCommand(home, [...network, ...account, '--auth', 'negotiate', ...args], '', kdc.env).ended
    }

    it('asks for a ticket where there is none; with one, connects and exports a photo without a password', async () => {
      await stand()
      await kdc.kdestroy()
      const early = await run('connect')
      expect(early.code).toBe(3)
      expect(early.stdout + early.stderr).toContain('kinit')
      expect((await apache.requests()).every(({ status }) => status === 401)).toBe(true)

      await kdc.kinit()
      const connected = await run('connect', '--json')
      expect(connected).toMatchObject({ code: 0 })
      expect(jsonLines(connected.stdout).at(-1)).toMatchObject({ state: 'online', ewsUrl: apache.ewsUrl })
      const step = jsonLines(connected.stdout).find((line) => line['step'] === 'sign-in')
      expect(step).toMatchObject({ outcome: 'found', detail: expect.stringContaining('Negotiate') })

      const person = exchange.truth().find(({ kind, largest }) => kind === 'person' && largest?.widthPx === 648)
      const photo = await exchange.photo(person?.address ?? '', 'HR648x648')
      await writeFile(join(home, 'list.txt'), `${person?.address}\n`)
      await mkdir(join(home, 'out'))
      const out = ['--emails', join(home, 'list.txt'), '--to', join(home, 'out'), '--size', 'HR648x648']
      expect(await run('export', ...out)).toMatchObject({ code: 0 })
      const files = await readdir(join(home, 'out'), { recursive: true })
      const file = files.find((name) => name.endsWith('.jpg')) ?? ''
      expect(Buffer.from(await readFile(join(home, 'out', file)))).toEqual(Buffer.from(photo?.bytes ?? []))

      const log = await apache.requests()
      expect(log.filter(({ status }) => status === 200).map(({ user }) => user)).toContain('anna@FJORD.TEST')
      expect(log.some(({ request, user }) => request.includes('GetUserPhoto') && user === 'anna@FJORD.TEST')).toBe(true)
    })

    it('does not believe a server that lets the ticket pass but does not prove itself', async () => {
      await stand('Header always unset WWW-Authenticate "expr=%{REQUEST_STATUS} != 401"')
      const { code, stderr, stdout } = await run('connect')
      expect(code).toBe(1)
      expect(stdout + stderr).toContain('Kerberos mutual authentication')
    })
  },
)
