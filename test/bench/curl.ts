import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PhotoServerFacts } from './photo-server.ts'

/** What curl fetches. */
export interface CurlRun {
  /** Addresses of people, in order. */
  readonly addresses: readonly string[]
  /** Requests at the same time. */
  readonly concurrency: number
  /** `files`: each photo into a file of `dir`; `nowhere`: with `If-None-Match: *`, and nothing is written. */
  readonly into: 'files' | 'nowhere'
  readonly dir: string
}

/**
 * Fetches photos with `curl --parallel` over connections that are kept, signed in with Basic, the certificate checked.
 * @throws when curl fails
 */
export async function fetchWithCurl(server: PhotoServerFacts, run: CurlRun): Promise<void> {
  const configFile = join(run.dir, 'curl.config')
  writeFileSync(configFile, curlConfig(server, run), { mode: 0o600 })
  const child = spawn('curl', ['--config', configFile], { stdio: ['ignore', 'ignore', 'ignore'] })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (code !== 0) throw new Error(`curl ended with ${code}`)
}

/** One set of options for all addresses: that is what costs curl least. */
function curlConfig(server: PhotoServerFacts, { addresses, concurrency, into, dir }: CurlRun): string {
  const caFile = join(dir, 'ca.pem')
  writeFileSync(caFile, server.caPem)
  const options = [
    'parallel',
    `parallel-max = ${concurrency}`,
    'silent',
    'fail',
    'http1.1',
    'basic',
    `user = "${escapeQuoted(`${server.userName}:${server.password}`)}"`,
    `cacert = "${caFile}"`,
    `connect-to = "${server.host}:443:127.0.0.1:${server.port}"`,
    ...(into === 'nowhere' ? ['header = "If-None-Match: *"'] : []),
  ]
  const photos = addresses.flatMap((address, index) => [
    `url = "${server.ewsUrl}/s/GetUserPhoto?email=${encodeURIComponent(address)}&size=HR648x648"`,
    `output = "${into === 'files' ? join(dir, `${index}.jpg`) : '/dev/null'}"`,
  ])
  return [...options, ...photos].join('\n')
}

/** Inside double quotes a curl config file reads backslash as an escape. */
function escapeQuoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
}
