import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoExchange, startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'

function hasCurl(): boolean {
  try {
    return execFileSync('curl', ['--version'], { encoding: 'utf8' }).includes('NTLM')
  } catch {
    return false
  }
}

/** What each command of the page must bring, in their order. */
const EXPECTED = [
  /401[\s\S]*WWW-Authenticate: NTLM[\s\S]*WWW-Authenticate: Basic/i,
  /200 OK[\s\S]*ETag: "/i,
  /200 OK[\s\S]*ETag: "/i,
  /<m:PictureData>\/9j\//,
  /IncludesLastItemInRange="(true|false)"/,
]

describe.skipIf(!hasCurl())('the commands of docs/connecting.md', () => {
  let exchange: DemoExchange
  let folder = ''

  beforeAll(async () => {
    exchange = await startDemoExchange({ people: 60 })
    folder = await mkdtemp(join(tmpdir(), 'rollcall-curl-'))
    const [rule] = exchange.resolveRules
    await writeFile(join(folder, 'ca.pem'), exchange.caPem)
    const target = `${rule?.host}:${rule?.port}:${rule?.toAddress}:${rule?.toPort}`
    await writeFile(join(folder, '.curlrc'), `cacert = "${join(folder, 'ca.pem')}"\nconnect-to = "${target}"\n`)
  })
  afterAll(async () => {
    await exchange.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('work as they stand, but for the server, the user and the address', async () => {
    const page = await readFile(resolve('docs/connecting.md'), 'utf8')
    const commands = [...page.matchAll(/```sh\n(curl [\s\S]*?)\n```/g)].map(([, command = '']) => command)
    expect(commands).toHaveLength(EXPECTED.length)
    const [account] = exchange.accounts
    for (const [index, command] of commands.entries()) {
      const here = command
        .replaceAll('mail.example.org', 'mail.fjordline.example')
        .replaceAll('EXAMPLE\\anna', `${account?.userName}:${account?.password}`)
        .replaceAll('anna@example.org', account?.address ?? '')
      const { stdout } = await promisify(execFile)('sh', ['-c', here], {
        cwd: folder,
        env: { ...process.env, CURL_HOME: folder },
      })
      expect(stdout).toMatch(EXPECTED[index] ?? /never/)
    }
    const photo = await readFile(join(folder, 'photo.jpg'))
    expect(photo.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
    expect(exchange.failedLogons()).toBe(0)
  })
})
