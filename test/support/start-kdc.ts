import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort, isListening } from './start-apache.ts'

const run = promisify(execFile)
const REALM = 'FJORD.TEST'
const PROGRAMS = ['/usr/sbin/krb5kdc', '/usr/sbin/kdb5_util', '/usr/sbin/kadmin.local', '/usr/bin/kinit'] as const

/** What of Debian's Kerberos is not here; null when all is. */
export function whyNoKdc(): string | null {
  const missing = PROGRAMS.find((program) => !existsSync(program))
  return missing === undefined ? null : `${missing} is not installed`
}

/** A Kerberos realm of its own on loopback, with one user and one server. */
export interface Kdc {
  /** For programs that are to know this realm and no other. */
  readonly env: { readonly KRB5_CONFIG: string; readonly KRB5CCNAME: string }
  /** The service's key, readable by everybody. */
  readonly keytab: string
  /** Signs the user in: from now on there is a ticket. */
  kinit(): Promise<void>
  /** Signs out. */
  kdestroy(): Promise<void>
  close(): Promise<void>
}

/** @param host gets the service `HTTP/host` */
export async function startKdc(host: string, user: string): Promise<Kdc> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-kdc-'))
  await chmod(folder, 0o755)
  const port = await freePort()
  const at = (name: string): string => join(folder, name)
  await mkdir(at('database'))
  await writeFile(
    at('krb5.conf'),
    `[libdefaults]
 default_realm = ${REALM}
 dns_lookup_realm = false
 dns_lookup_kdc = false
 dns_canonicalize_hostname = false
 rdns = false
 udp_preference_limit = 1
[realms]
 ${REALM} = {
  kdc = 127.0.0.1:${port}
 }
[domain_realm]
 ${host} = ${REALM}
`,
  )
  await writeFile(
    at('kdc.conf'),
    `[kdcdefaults]
 kdc_listen = ""
 kdc_tcp_listen = 127.0.0.1:${port}
[realms]
 ${REALM} = {
  database_name = ${at('database/principal')}
  key_stash_file = ${at('database/stash')}
  acl_file = ${at('database/acl')}
 }
`,
  )
  const env = { KRB5_CONFIG: at('krb5.conf'), KRB5CCNAME: `FILE:${at('tickets')}` }
  const kdcEnv = { ...process.env, ...env, KRB5_KDC_PROFILE: at('kdc.conf') }
  await run('/usr/sbin/kdb5_util', ['create', '-s', '-r', REALM, '-P', 'master'], { env: kdcEnv })
  for (const query of [
    `addprinc -pw Secret-1 ${user}`,
    `addprinc -randkey HTTP/${host}`,
    `ktadd -k ${at('keytab')} HTTP/${host}`,
  ]) {
    await run('/usr/sbin/kadmin.local', ['-r', REALM, '-q', query], { env: kdcEnv })
  }
  await chmod(at('keytab'), 0o644)
  const child = spawn('/usr/sbin/krb5kdc', ['-n', '-r', REALM, '-P', at('pid')], { env: kdcEnv, stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const close = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  if (!(await isListening(port, () => child.exitCode !== null))) {
    await close()
    throw new Error('the KDC did not start')
  }
  return {
    env,
    keytab: at('keytab'),
    async kinit() {
      const signingIn = run('/usr/bin/kinit', [user], { env: kdcEnv })
      signingIn.child.stdin?.end('Secret-1\n')
      await signingIn
    },
    kdestroy: () => rm(at('tickets'), { force: true }),
    close,
  }
}
