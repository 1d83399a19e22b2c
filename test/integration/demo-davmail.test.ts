import { execFile, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DemoExchange } from '../../src/main/demo/demo-types.ts'
import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'

/** Where Debian puts them. */
const JAR = '/usr/share/davmail/davmail.jar'
const JAVA = '/usr/bin/java'
const KEYTOOL = '/usr/bin/keytool'

/** DavMail as Debian has it, a Java that brings keytool, and a curl that speaks LDAP to it. */
function hasDavMail(): boolean {
  try {
    return (
      [JAR, JAVA, KEYTOOL].every((file) => existsSync(file)) &&
      / ldap /.test(execFileSync('curl', ['--version'], { encoding: 'utf8' }))
    )
  } catch {
    return false
  }
}

/** A port that is free now. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

/** What a search through DavMail brings, in LDIF. */
interface Found {
  readonly addresses: readonly string[]
  readonly names: readonly string[]
}

/** A DavMail of one demo, with that demo's CA as the only one that it trusts. */
interface DavMail {
  search(filter: string): Promise<Found>
  stop(): Promise<void>
}

async function startDavMail(exchange: DemoExchange): Promise<DavMail> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-davmail-'))
  const at = (name: string) => join(folder, name)
  const ldapPort = await freePort()
  await writeFile(at('ca.pem'), exchange.caPem)
  await writeFile(at('hosts'), '127.0.0.1 mail.fjordline.example\n127.0.0.1 localhost\n')
  const keytool = ['-importcert', '-noprompt', '-alias', 'demo', '-file', at('ca.pem'), '-storepass', 'changeit']
  await promisify(execFile)(KEYTOOL, [...keytool, '-keystore', at('trust.jks')])
  const properties = {
    server: 'true',
    mode: 'EWS',
    url: exchange.ewsUrl.replace('.example/', `.example:${exchange.port}/`),
    ldapPort,
    imapPort: '',
    smtpPort: '',
    popPort: '',
    caldavPort: '',
    allowRemote: 'false',
    disableUpdateCheck: 'true',
    logFilePath: at('davmail.log'),
  }
  const lines = Object.entries(properties).map(([name, value]) => `davmail.${name}=${value}`)
  await writeFile(at('davmail.properties'), lines.join('\n'))
  const java = spawn(JAVA, [
    `-Djdk.net.hosts.file=${at('hosts')}`,
    `-Djavax.net.ssl.trustStore=${at('trust.jks')}`,
    '-Djavax.net.ssl.trustStorePassword=changeit',
    '-jar',
    JAR,
    '-server',
    at('davmail.properties'),
  ])
  const ended = new Promise<void>((resolve) => java.once('close', () => resolve()))
  const stop = async () => {
    java.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  const said: string[] = []
  const isListening = new Promise<boolean>((resolve) => {
    const read = (chunk: Buffer): void => {
      said.push(chunk.toString())
      if (said.join('').includes('listening on LDAP')) resolve(true)
    }
    java.stdout.on('data', read)
    java.stderr.on('data', read)
    java.once('error', () => resolve(false))
    java.once('close', () => resolve(false))
  })
  if (!(await isListening)) {
    await stop()
    throw new Error(`DavMail ended: ${said.join('')}`)
  }
  const [account] = exchange.accounts
  const user = ['--user', `${account?.address}:${account?.password}`]
  return {
    async search(filter) {
      const url = `ldap://127.0.0.1:${ldapPort}/ou=people?cn,mail?sub?${encodeURIComponent(filter)}`
      const { stdout } = await promisify(execFile)('curl', ['--silent', '--max-time', '50', ...user, url])
      return { addresses: valuesOf(stdout, 'mail'), names: valuesOf(stdout, 'cn') }
    },
    stop,
  }
}

/** The values of one attribute; `::` says that what follows is base64. */
function valuesOf(ldif: string, attribute: string): string[] {
  return [...ldif.matchAll(new RegExp(`^\\t${attribute}(::?) (.*)$`, 'gm'))]
    .map(([, colons, value = '']) => (colons === '::' ? Buffer.from(value, 'base64').toString('utf8') : value))
    .sort()
}

const SCHEMES = ['ntlm', 'basic'] as const

describe.skipIf(!hasDavMail()).each(SCHEMES)('the demo Exchange, asked by DavMail with %s', (scheme) => {
  let exchange: DemoExchange
  let davmail: DavMail | null = null

  beforeAll(async () => {
    exchange = await startDemoExchange({ people: 600, schemes: [scheme] })
    davmail = await startDavMail(exchange)
  }, 60_000)
  afterAll(async () => {
    await davmail?.stop()
    await exchange.close()
  })

  it('signs in over TLS, trusting the demo’s CA alone, and finds everybody of a name through its LDAP port', async () => {
    const majas = exchange.people.filter(({ displayName }) => /(^| )maja/i.test(displayName))
    const found = await davmail?.search('(cn=maja*)')
    expect(majas.length).toBeGreaterThan(1)
    expect(found?.addresses).toEqual(majas.map(({ address }) => address).sort())
    expect(found?.names).toEqual(majas.map(({ displayName }) => displayName).sort())
    const asked = exchange.requests().filter(({ operation }) => operation !== 'SignIn')
    expect(new Set(asked.map(({ operation, status }) => `${operation} ${status}`))).toEqual(
      new Set(['GetFolder 200', 'ConvertId 200', 'FindItem 200', 'ResolveNames 200']),
    )
    expect(new Set(asked.map((request) => request.scheme))).toEqual(new Set([scheme]))
    expect(exchange.failedLogons()).toBe(0)
  }, 60_000)

  it('finds a name with letters beyond ASCII, and nobody where there is nobody', async () => {
    expect(await davmail?.search('(cn=aino mä*)')).toEqual({
      addresses: ['aino.makela@fjordline.example'],
      names: ['Aino Mäkelä'],
    })
    expect(await davmail?.search('(cn=qqqqq*)')).toEqual({ addresses: [], names: [] })
  }, 60_000)
})
