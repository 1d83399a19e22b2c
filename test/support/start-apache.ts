import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { NetworkOptions } from '../../src/main/core/connections/ports.ts'
import { openCertificates } from '../../src/main/demo/sign-in/create-certificates.ts'
import { silentLog } from './manual-clock.ts'
import { TINY_HOST } from './tiny-https-server.ts'

const PROGRAM = '/usr/sbin/apache2'
const MODULES = '/usr/lib/apache2/modules'
const LOADED = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'ssl'] as const

/** Signing in by NTLM or Kerberos. */
export const GSSAPI = ['auth_gssapi'] as const

/** Why Apache cannot be started here; null when it can. */
export function whyNoApache(alsoNeeded: readonly string[], modules: readonly string[] = GSSAPI): string | null {
  if (process.platform !== 'linux') return 'needs Linux'
  const files = [PROGRAM, ...[...LOADED, ...modules].map((name) => `${MODULES}/mod_${name}.so`), ...alsoNeeded]
  const missing = files.find((file) => !existsSync(file))
  return missing === undefined ? null : `${missing} is not installed`
}

/** A request as Apache logged it. `connection` is the client's port. */
export interface ApacheRequest {
  readonly connection: string
  readonly user: string
  readonly status: number
  /** Whose client certificate was shown; `-`: none. */
  readonly client: string
  readonly request: string
}

/** Debian's Apache over TLS on loopback, with a throw-away CA. */
export interface Apache {
  readonly ewsUrl: string
  readonly network: NetworkOptions
  /** What is served as every photo. */
  readonly photo: Buffer
  /** Every request so far, oldest first. */
  requests(): Promise<ApacheRequest[]>
  errors(): Promise<string>
  close(): Promise<void>
}

export interface ApacheOptions {
  /** Lines for the folder that is guarded. */
  readonly signIn: readonly string[]
  /** Lines for the whole server; FOLDER stands for its own. */
  readonly server?: readonly string[]
  /** Beside those that it always has. Default: GSSAPI. */
  readonly modules?: readonly string[]
  readonly env: (folder: string) => Promise<Record<string, string>>
  /** What is asked in the caller's name in place of the one photo, as a reverse proxy does that signs people in. */
  readonly behind?: BehindApache
}

/** A server that only Apache talks to, with the credentials that Apache has there. */
export interface BehindApache {
  readonly port: number
  readonly userName: string
  readonly password: string
}

/** What Apache needs to stand before another server. */
export const PROXY_MODULES = ['proxy', 'proxy_http', 'headers'] as const

/** Starts it; `env` may write what it needs into the folder. Everything is gone after `close`. */
export async function startApache(options: ApacheOptions): Promise<Apache> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-apache-'))
  // Apache's children run as another user when root starts them.
  await chmod(folder, 0o755)
  const { caPem, certificatePem, keyPem } = await openCertificates(null, Date.now())
  const photo = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(500, 7)])
  const photoFile = join(folder, 'www/EWS/Exchange.asmx/s/GetUserPhoto')
  await mkdir(dirname(photoFile), { recursive: true })
  const port = await freePort()
  await Promise.all([
    writeFile(photoFile, photo),
    writeFile(join(folder, 'server.pem'), `${certificatePem}\n${keyPem}\n`),
    writeFile(join(folder, 'httpd.conf'), configuration(folder, port, options)),
  ])
  const child = spawn(PROGRAM, ['-f', join(folder, 'httpd.conf'), '-DFOREGROUND'], {
    env: { PATH: process.env['PATH'] ?? '', ...(await options.env(folder)) },
    stdio: 'ignore',
  })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8').catch(() => '')
  const close = async (): Promise<void> => {
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  if (!(await isListening(port, () => child.exitCode !== null))) {
    const why = await read('error.log')
    await close()
    throw new Error(`Apache did not start: ${why}`)
  }
  return {
    ewsUrl: `https://${TINY_HOST}/EWS/Exchange.asmx`,
    network: {
      extraCaPem: [caPem],
      resolveRules: [{ host: TINY_HOST, port: 443, toAddress: '127.0.0.1', toPort: port }],
      dnsServer: null,
      concurrency: 4,
      maxPhotoBytes: 1_000_000,
      log: silentLog,
    },
    photo,
    requests: async () => (await read('access.log')).split('\n').filter(Boolean).map(readLine),
    errors: () => read('error.log'),
    close,
  }
}

/** Every question goes on to the other server. Its certificate is a demo's, and this is loopback. */
function passOn({ port, userName, password }: BehindApache): { server: string[]; location: string[] } {
  const token = Buffer.from(`${userName}:${password}`).toString('base64')
  return {
    server: ['SSLProxyEngine on', 'SSLProxyVerify none', 'SSLProxyCheckPeerName off', 'ProxyPreserveHost On'],
    location: [`ProxyPass https://127.0.0.1:${port}/`, `RequestHeader set Authorization "Basic ${token}"`],
  }
}

function configuration(folder: string, port: number, options: ApacheOptions): string {
  const { signIn, modules = GSSAPI, behind } = options
  const inside = (lines: readonly string[]) => lines.map((line) => line.replaceAll('FOLDER', folder))
  const { server, location } =
    behind === undefined ? { server: [], location: ['ForceType image/jpeg'] } : passOn(behind)
  const loaded = [...LOADED, ...modules, ...(behind === undefined ? [] : PROXY_MODULES)]
  const asRoot = process.getuid?.() === 0 ? ['User www-data', 'Group www-data'] : []
  return [
    `ServerRoot ${folder}`,
    `PidFile ${folder}/pid`,
    `ServerName ${TINY_HOST}`,
    `Listen 127.0.0.1:${port}`,
    ...loaded.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`),
    ...asRoot,
    'StartServers 1',
    'MaxKeepAliveRequests 0',
    `ErrorLog ${folder}/error.log`,
    'LogFormat "%{remote}p|%u|%>s|%{SSL_CLIENT_S_DN_CN}x|%r" told',
    `CustomLog ${folder}/access.log told`,
    `DocumentRoot ${folder}/www`,
    'SSLEngine on',
    'SSLSessionCache none',
    `SSLCertificateFile ${folder}/server.pem`,
    ...server,
    ...inside(options.server ?? []),
    '<Location />',
    ...location,
    'AuthName Exchange',
    'Require valid-user',
    ...inside(signIn),
    '</Location>',
    '',
  ].join('\n')
}

function readLine(line: string): ApacheRequest {
  const [connection = '', user = '', status = '', client = '', request = ''] = line.split('|')
  return { connection, user, status: Number(status), client, request }
}

/** A port nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Waits until something listens on the port; false when it ended, or did not within 20 seconds. */
export async function isListening(port: number, hasEnded: () => boolean): Promise<boolean> {
  const limit = AbortSignal.timeout(20_000)
  while (!limit.aborted && !hasEnded()) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('close', () => socket.destroy())
    })
    if (isOpen) return true
    await wait(50)
  }
  return false
}
