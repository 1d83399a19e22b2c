import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { NetworkOptions } from '../../src/main/core/connections/ports.ts'
import { openCertificates } from '../../src/main/demo/sign-in/create-certificates.ts'
import { silentLog } from './manual-clock.ts'
import { freePort, isListening } from './start-apache.ts'

const run = promisify(execFile)
const PROGRAM = '/usr/sbin/slapd'
const LOADER = '/usr/sbin/slapadd'
const SCHEMA = fileURLToPath(new URL('../fixtures/ldap/active-directory.schema', import.meta.url))

/** The top of the directory, and below it what Active Directory keeps for the whole forest. */
export const SLAPD_SUFFIX = 'DC=fjordline,DC=example'
export const SLAPD_CONFIGURATION = `CN=Configuration,${SLAPD_SUFFIX}`
/** Who can sign in. */
export const SLAPD_READER = { userName: `CN=reader,${SLAPD_SUFFIX}`, password: 'Marked-Ldap-Secret' }

/** Why OpenLDAP's server cannot be started here; null when it can. */
export function whyNoSlapd(): string | null {
  const missing = [PROGRAM, LOADER].find((program) => !existsSync(program))
  return missing === undefined ? null : `${missing} is not installed`
}

/** Made once a host: every other authority costs the client a second. */
const certificates = new Map<string, ReturnType<typeof openCertificates>>()

/** An entry: its name, and its attributes; bytes are given as bytes. */
export interface SlapdEntry {
  readonly dn: string
  readonly attributes: Readonly<Record<string, string | Uint8Array | readonly string[]>>
}

/** Debian's OpenLDAP server on loopback, with Active Directory's names and a throw-away CA. */
export interface Slapd {
  readonly ldapsPort: number
  readonly clearPort: number
  readonly network: NetworkOptions
  close(): Promise<void>
}

export interface SlapdOptions {
  /** The name it is reached by. */
  readonly host: string
  readonly entries: readonly SlapdEntry[]
  /** The Active Directory site that it says it stands in. */
  readonly site?: string
  /** Whether everything but the root is for those who sign in, as in Active Directory. */
  readonly isSignInNeeded?: boolean
  /** Lines for its configuration. */
  readonly more?: readonly string[]
}

/** Starts it; everything is gone after `close`. */
export async function startSlapd(options: SlapdOptions): Promise<Slapd> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-slapd-'))
  const at = (name: string): string => join(folder, name)
  const made = certificates.get(options.host) ?? openCertificates(null, Date.now(), [options.host])
  certificates.set(options.host, made)
  const { caPem, certificatePem, keyPem } = await made
  const [ldapsPort, clearPort] = [await freePort(), await freePort()]
  await mkdir(at('database'))
  await Promise.all([
    writeFile(at('server.pem'), certificatePem),
    writeFile(at('server.key'), keyPem, { mode: 0o600 }),
    writeFile(at('root.ldif'), toLdif(rootOf(options))),
    writeFile(at('slapd.conf'), configuration(folder, options)),
    writeFile(at('entries.ldif'), [...frame(), ...options.entries].map(toLdif).join('\n')),
  ])
  await run(LOADER, ['-q', '-f', at('slapd.conf'), '-l', at('entries.ldif')])
  const urls = `ldaps://127.0.0.1:${ldapsPort} ldap://127.0.0.1:${clearPort}`
  const child = spawn(PROGRAM, ['-d', '0', '-h', urls, '-f', at('slapd.conf')], { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const close = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  if (!(await isListening(ldapsPort, () => child.exitCode !== null))) {
    await close()
    throw new Error('slapd did not start')
  }
  const rule = (port: number, toPort: number) => ({ host: options.host, port, toAddress: '127.0.0.1', toPort })
  return {
    ldapsPort,
    clearPort,
    network: {
      extraCaPem: [caPem],
      resolveRules: [rule(636, ldapsPort), rule(389, clearPort)],
      dnsServer: '127.0.0.1:9',
      concurrency: 4,
      maxPhotoBytes: 1_000_000,
      log: silentLog,
    },
    close,
  }
}

/** A service connection point of Autodiscover. */
export function connectionPoint(name: string, keywords: readonly string[], binding: string): SlapdEntry {
  return {
    dn: `CN=${name},${SLAPD_CONFIGURATION}`,
    attributes: { objectClass: 'serviceConnectionPoint', cn: name, keywords, serviceBindingInformation: binding },
  }
}

function rootOf({ site = 'Bergen' }: SlapdOptions): SlapdEntry {
  return {
    dn: '',
    attributes: {
      configurationNamingContext: SLAPD_CONFIGURATION,
      defaultNamingContext: SLAPD_SUFFIX,
      serverName: `CN=DC1,CN=Servers,CN=${site},CN=Sites,${SLAPD_CONFIGURATION}`,
    },
  }
}

function frame(): SlapdEntry[] {
  const { userName: reader, password } = SLAPD_READER
  return [
    { dn: SLAPD_SUFFIX, attributes: { objectClass: ['domain', 'top'], dc: 'fjordline' } },
    { dn: SLAPD_CONFIGURATION, attributes: { objectClass: 'container', cn: 'Configuration' } },
    {
      dn: reader,
      attributes: { objectClass: ['user', 'inetOrgPerson'], cn: 'reader', sn: 'reader', userPassword: password },
    },
  ]
}

function configuration(folder: string, { isSignInNeeded = false, more = [] }: SlapdOptions): string {
  return [
    ...['core', 'cosine', 'inetorgperson'].map((name) => `include /etc/ldap/schema/${name}.schema`),
    `include ${SCHEMA}`,
    `pidfile ${folder}/pid`,
    'modulepath /usr/lib/ldap',
    'moduleload back_mdb',
    `TLSCertificateFile ${folder}/server.pem`,
    `TLSCertificateKeyFile ${folder}/server.key`,
    `rootDSE ${folder}/root.ldif`,
    // As Active Directory has it: more than that comes in pages only.
    'sizelimit size.soft=1000 size.hard=1000 size.pr=1000 size.prtotal=unlimited',
    'database mdb',
    `suffix "${SLAPD_SUFFIX}"`,
    `directory ${folder}/database`,
    'maxsize 268435456',
    'dbnosync',
    'access to attrs=userPassword by anonymous auth by * none',
    `access to * by users read by * ${isSignInNeeded ? 'none' : 'read'}`,
    ...more,
    '',
  ].join('\n')
}

function toLdif({ dn, attributes }: SlapdEntry): string {
  const lines = Object.entries(attributes).flatMap(([name, value]) => {
    const values = typeof value === 'string' || value instanceof Uint8Array ? [value] : value
    return values.map((one) => `${name}:: ${Buffer.from(one as string).toString('base64')}`)
  })
  return [dn === '' ? 'dn:' : `dn:: ${Buffer.from(dn).toString('base64')}`, ...lines, ''].join('\n')
}
