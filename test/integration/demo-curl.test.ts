import { execFile, execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DemoExchange } from '../../src/main/demo/demo-types.ts'
import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'

/** Whether this machine has a curl that speaks NTLM; without one these tests are skipped, and said to be. */
function hasCurl(): boolean {
  try {
    return execFileSync('curl', ['--version'], { encoding: 'utf8' }).includes('NTLM')
  } catch {
    return false
  }
}

describe.skipIf(!hasCurl())('the demo Exchange, asked by curl', () => {
  let exchange: DemoExchange
  let folder = ''

  beforeAll(async () => {
    exchange = await startDemoExchange({ people: 60 })
    folder = await mkdtemp(join(tmpdir(), 'rollcall-demo-'))
  })
  afterEach(() => exchange.script.clear())
  afterAll(async () => {
    await exchange.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Runs curl; its exit code is 0 even for an HTTP error. */
  async function curl(url: string, ...more: string[]) {
    return await curlAt(exchange, url, ...more)
  }

  async function curlAt({ resolveRules, caPem }: DemoExchange, url: string, ...more: string[]) {
    await writeFile(join(folder, 'ca.pem'), caPem)
    const [rule] = resolveRules
    const body = join(folder, 'body')
    const target = `${rule?.host}:${rule?.port}:${rule?.toAddress}:${rule?.toPort}`
    const always = ['--silent', '--cacert', join(folder, 'ca.pem'), '--connect-to', target, '--output', body]
    const format = '%{http_code} %header{etag} %header{content-type} %header{retry-after}'
    await rm(body, { force: true })
    const { stdout } = await promisify(execFile)('curl', [...always, '--write-out', format, ...more, url])
    const [status, etag = '', contentType = '', retryAfter = ''] = stdout.split(' ')
    return { status: Number(status), etag, contentType, retryAfter, bytes: await readFile(body).catch(() => null) }
  }
  const photoUrl = (address: string, size: string) =>
    `${exchange.ewsUrl}/s/GetUserPhoto?email=${encodeURIComponent(address)}&size=${size}`
  const signIn = (scheme: 'basic' | 'ntlm', userName = exchange.accounts[0]?.userName) => [
    `--${scheme}`,
    '--user',
    `${userName}:${exchange.accounts[0]?.password}`,
  ]
  const maja = 'maja.lindqvist@fjordline.example'

  it.each(['basic', 'ntlm'] as const)('serves a photo to who signs in by %s, and only then', async (scheme) => {
    const served = await exchange.photo(maja, 'HR240x240')
    for (const userName of [maja, 'FJORDLINE\\maja.lindqvist', 'maja.lindqvist']) {
      const got = await curl(photoUrl(maja, 'HR240x240'), ...signIn(scheme, userName))
      expect(got).toMatchObject({ status: 200, contentType: 'image/jpeg', etag: served?.etag })
      expect(got.bytes).toEqual(Buffer.from(served?.bytes ?? []))
    }
    expect((await curl(photoUrl(maja, 'HR240x240'))).status).toBe(401)
    const failedBefore = exchange.failedLogons()
    expect((await curl(photoUrl(maja, 'HR240x240'), `--${scheme}`, '--user', `${maja}:wrong`)).status).toBe(401)
    expect(exchange.failedLogons()).toBe(failedBefore + 1)
  })

  it('answers an unchanged photo with 304 and no body until it changes', async () => {
    const url = photoUrl(maja, 'HR648x648')
    const { etag } = await curl(url, ...signIn('basic'))
    const again = await curl(url, ...signIn('basic'), '--header', `If-None-Match: ${etag}`)
    expect(again.status).toBe(304)
    expect(again.bytes?.length ?? 0).toBe(0)
    exchange.script.changePhoto(maja)
    const changed = await curl(url, ...signIn('basic'), '--header', `If-None-Match: ${etag}`)
    expect(changed.status).toBe(200)
    expect(changed.etag).not.toBe(etag)
  })

  it('answers 404 for no photo and for nobody, 400 for a size there is not', async () => {
    const none = exchange.truth().find(({ state, kind }) => state === 'none' && kind === 'person')
    expect((await curl(photoUrl(none?.address ?? '', 'HR96x96'), ...signIn('basic'))).status).toBe(404)
    expect((await curl(photoUrl('nobody@fjordline.example', 'HR96x96'), ...signIn('basic'))).status).toBe(404)
    expect((await curl(photoUrl(maja, 'HR97x97'), ...signIn('basic'))).status).toBe(400)
    expect((await curl(photoUrl(maja, 'HR96X96'), ...signIn('basic'))).status).toBe(400)
    expect((await curl(photoUrl('', 'HR96x96'), ...signIn('basic'))).status).toBe(400)
  })

  it('compares paths and addresses without regard to case', async () => {
    const url = photoUrl('MAJA.Lindqvist@Fjordline.EXAMPLE', 'HR64x64').replace(
      '/EWS/Exchange.asmx',
      '/ews/exchange.ASMX',
    )
    expect((await curl(url, ...signIn('basic'))).status).toBe(200)
  })

  it('signs in a connection once for many photos by NTLM', async () => {
    exchange.clearRequests()
    const urls = ['HR48x48', 'HR64x64', 'HR96x96'].map((size) => photoUrl(maja, size))
    const [first = '', ...others] = urls
    await curl(first, ...signIn('ntlm'), ...others.flatMap((url) => ['--output', join(folder, 'more'), url]))
    expect(exchange.requests('GetUserPhoto').map(({ status }) => status)).toEqual([200, 200, 200])
    expect(new Set(exchange.requests().map(({ connectionId }) => connectionId)).size).toBe(1)
    expect(exchange.requests('SignIn')).toHaveLength(1)
  })

  it('does what its script says: busy, reset, garbage, and tells what it was asked', async () => {
    exchange.clearRequests()
    exchange.script.answerBusyAfter(1, { status: 503, retryAfterSeconds: 7 })
    const url = photoUrl(maja, 'HR96x96')
    expect((await curl(url, ...signIn('basic'))).status).toBe(200)
    expect(await curl(url, ...signIn('basic'))).toMatchObject({ status: 503, retryAfter: '7' })
    exchange.script.resetAfter(0)
    await expect(curl(url, ...signIn('basic'))).rejects.toMatchObject({ code: 52 })
    exchange.script.sendGarbageFor(maja)
    expect(await curl(url, ...signIn('basic'))).toMatchObject({ status: 200, contentType: 'image/jpeg', etag: '' })
    exchange.script.sendGarbageFor(maja, 'html')
    expect((await curl(url, ...signIn('basic'))).bytes?.toString()).toContain('<form')
    const log = exchange.requests('GetUserPhoto')
    expect(log.map(({ status }) => status)).toEqual([200, 503, null, 200, 200])
    expect(log[1]).toMatchObject({ address: maja, sizeCode: 'HR96x96', scheme: 'basic', method: 'GET' })
  })

  it('refuses curl, which has no channel binding, where one is required', async () => {
    const strict = await startDemoExchange({ people: 5, requireChannelBinding: true })
    try {
      const user = ['--user', `maja.lindqvist:${strict.accounts[0]?.password}`]
      expect((await curlAt(strict, photoUrl(maja, 'HR96x96'), '--ntlm', ...user)).status).toBe(401)
      expect((await curlAt(strict, photoUrl(maja, 'HR96x96'), '--basic', ...user)).status).toBe(200)
    } finally {
      await strict.close()
    }
  })

  it('serves the same bytes after a restart with the same seed', async () => {
    const other = await startDemoExchange({ people: 60 })
    try {
      const aino = 'aino.makela@fjordline.example'
      const hash = (bytes: Uint8Array | undefined) =>
        createHash('sha256')
          .update(bytes ?? '')
          .digest('hex')
      const [first, second] = [await exchange.photo(aino, 'HR360x360'), await other.photo(aino, 'HR360x360')]
      expect(hash(second?.bytes)).toBe(hash(first?.bytes))
      expect(second?.etag).toBe(first?.etag)
    } finally {
      await other.close()
    }
  })
})
