import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DemoFacts } from './demo-process.ts'

/** One photo for curl to fetch; `etag` is sent as If-None-Match. */
export interface DemoPhotoQuestion {
  readonly address: string
  readonly etag: string | null
}

/**
 * Fetches photos with `curl --parallel`, each into a file of its own, over connections that are kept.
 * @throws when curl fails
 */
export async function fetchFromDemo(
  demo: DemoFacts,
  photos: readonly DemoPhotoQuestion[],
  concurrency: number,
  dir: string,
) {
  const configFile = join(dir, 'curl.config')
  writeFileSync(configFile, curlConfig(demo, photos, concurrency, dir), { mode: 0o600 })
  const child = spawn('curl', ['--config', configFile], { stdio: ['ignore', 'ignore', 'inherit'] })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (code !== 0) throw new Error(`curl ended with ${code}`)
}

function curlConfig(demo: DemoFacts, photos: readonly DemoPhotoQuestion[], concurrency: number, dir: string): string {
  const caFile = join(dir, 'ca.pem')
  writeFileSync(caFile, demo.caPem)
  const { host, hostname } = new URL(demo.ewsUrl)
  const everywhere = [
    'silent',
    'http1.1',
    'basic',
    `user = "${escapeQuoted(`${demo.userName}:${demo.password}`)}"`,
    `cacert = "${caFile}"`,
    `connect-to = "${hostname}:443:127.0.0.1:${demo.port}"`,
  ]
  const sections = photos.map((photo, index) => {
    const url = `https://${host}/EWS/Exchange.asmx/s/GetUserPhoto?email=${encodeURIComponent(photo.address)}&size=HR648x648`
    const condition = photo.etag === null ? [] : [`header = "If-None-Match: ${escapeQuoted(photo.etag)}"`]
    return [...everywhere, ...condition, `url = "${url}"`, `output = "${join(dir, `${index}.jpg`)}"`].join('\n')
  })
  return ['parallel', `parallel-max = ${concurrency}`, 'parallel-immediate', sections.join('\nnext\n')].join('\n')
}

/** Inside double quotes a curl config file reads backslash as an escape. */
function escapeQuoted(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')
}
