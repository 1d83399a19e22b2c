import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { openCertificates } from '../../src/main/demo/sign-in/create-certificates.ts'
import type { BenchPerson } from './bench-people.ts'
import { drawPhotos } from './bench-photos.ts'

/** Where a client finds the server of the figures, and how it signs in. */
export interface PhotoServerFacts {
  readonly host: string
  readonly port: number
  readonly caPem: string
  readonly ewsUrl: string
  readonly address: string
  readonly userName: string
  readonly password: string
}

/** A running nginx. */
export interface PhotoServer {
  readonly facts: PhotoServerFacts
  close(): Promise<void>
}

const HOST = 'mail.fjordline.example'
const USER = { address: 'bench@fjordline.example', userName: 'bench', password: 'only-for-the-bench' } as const

/** What ResolveNames is answered with: nobody, which is all that signing in needs. */
const RESOLVE_NAMES_ANSWER = `<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>
<m:ResolveNamesResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages">
<m:ResponseMessages><m:ResolveNamesResponseMessage ResponseClass="Error"><m:MessageText>No results were found.</m:MessageText>
<m:ResponseCode>ErrorNameResolutionNoResults</m:ResponseCode></m:ResolveNamesResponseMessage></m:ResponseMessages>
</m:ResolveNamesResponse></s:Body></s:Envelope>
`

/** The version of nginx on this machine; null where there is none. */
export function nginxVersion(): string | null {
  const ran = spawnSync('nginx', ['-v'], { encoding: 'utf8', env: pathWithSbin() })
  return ran.status === 0 ? (/nginx\/(\S+)/.exec(ran.stderr)?.[1] ?? 'unknown') : null
}

/**
 * Starts nginx on loopback: TLS with the demo's throw-away CA, Basic sign-in, everybody's photo as a file behind the
 * GetUserPhoto address. It is not the bottleneck of any figure, and it is not ours.
 * @param dir an empty folder; on a RAM disk, so that no disk is measured
 */
export async function startPhotoServer(dir: string, people: readonly BenchPerson[]): Promise<PhotoServer> {
  const [{ caPem, certificatePem, keyPem }, port] = await Promise.all([openCertificates(null, Date.now()), freePort()])
  mkdirSync(join(dir, 'soap'), { recursive: true })
  writeFileSync(join(dir, 'soap', 'answer.xml'), RESOLVE_NAMES_ANSWER)
  writeFileSync(join(dir, 'certificate.pem'), certificatePem)
  writeFileSync(join(dir, 'key.pem'), keyPem, { mode: 0o600 })
  writeFileSync(join(dir, 'users'), `${USER.userName}:{PLAIN}${USER.password}\n`)
  writeFileSync(join(dir, 'nginx.conf'), configFor(dir, port))
  await drawPhotos(join(dir, 'photos', 'HR648x648'), people)
  const child = spawn('nginx', ['-p', dir, '-c', join(dir, 'nginx.conf'), '-e', join(dir, 'error.log')], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: pathWithSbin(),
  })
  await listening(port, child)
  return {
    facts: { host: HOST, port, caPem, ewsUrl: `https://${HOST}/EWS/Exchange.asmx`, ...USER },
    async close() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** More than there are photos. */
const ENOUGH_OPEN_FILES = 250_000

/** How many files the server may have open; as many photos as that allows stay open, so that opening them costs it nothing. */
function maxOpenFiles(): number {
  const limit = Number(spawnSync('sh', ['-c', 'ulimit -Hn'], { encoding: 'utf8' }).stdout)
  return Number.isInteger(limit) ? Math.min(limit, ENOUGH_OPEN_FILES) : ENOUGH_OPEN_FILES
}

function configFor(dir: string, port: number): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  const openFiles = maxOpenFiles()
  return `daemon off;
worker_processes 2;
pid ${dir}/nginx.pid;
worker_rlimit_nofile ${openFiles};
${process.getuid?.() === 0 ? 'user root;' : ''}
events { worker_connections 256; }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${dir}/temp-${name};`).join('\n  ')}
  sendfile on;
  keepalive_timeout 600s;
  keepalive_requests 100000000;
  open_file_cache max=${Math.floor(openFiles / 2)} inactive=1h;
  open_file_cache_valid 1h;
  server {
    listen 127.0.0.1:${port} ssl;
    server_name ${HOST};
    ssl_certificate ${dir}/certificate.pem;
    ssl_certificate_key ${dir}/key.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
    auth_basic "Exchange";
    auth_basic_user_file ${dir}/users;
    location = /EWS/Exchange.asmx {
      default_type text/xml;
      alias ${dir}/soap/answer.xml;
      error_page 405 =200 /soap/answer.xml;
    }
    location /soap/ { default_type text/xml; root ${dir}; }
    location = /EWS/Exchange.asmx/s/GetUserPhoto {
      default_type image/jpeg;
      root ${dir}/photos;
      try_files /$arg_size/$arg_email =404;
    }
  }
}
`
}

/** Debian keeps nginx where only the superuser's PATH looks. */
function pathWithSbin(): NodeJS.ProcessEnv {
  return { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/usr/local/sbin` }
}

/** A port on loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('No port is free.')
  return address.port
}

/** Waits until the port takes connections. */
async function listening(port: number, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const socket = connect(port, '127.0.0.1')
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    )
    socket.destroy()
    if (isOpen) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`nginx ended with ${child.exitCode}.`)
}
