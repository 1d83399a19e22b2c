import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { DemoPhotoRefusal } from '../../src/main/demo/start-demo-exchange.ts'
import { SIZE_CODES } from '../../src/shared/size-codes.ts'
import { sessionOf, startDemoWorld } from '../support/engine-on-demo.ts'
import { addressOf } from '../support/photo-records.ts'

let world: Awaited<ReturnType<typeof startDemoWorld>>
const signal = new AbortController().signal

beforeAll(async () => {
  world = await startDemoWorld()
})
afterEach(async () => {
  world.demo.script.clear()
  await world.closeEngines()
})
afterAll(() => world.demo.close())

async function connected(folder = world.newFolder()) {
  const engine = await world.open(folder)
  expect((await world.connect(engine)).error).toBeNull()
  world.demo.clearRequests()
  const session = sessionOf(engine)
  const ask = (address: string, sizeCode: (typeof SIZE_CODES)[number] = 'HR96x96', isForced = false) =>
    session.ensurePhoto(addressOf(address), sizeCode, { priority: 'opened', signal, isForced })
  return { ask, folder, engine }
}

function somebody(state: 'photo' | 'none'): string {
  const found = world.demo
    .truth()
    .find(
      (one) =>
        one.state === state && one.kind === 'person' && one.photoCase === 'plain' && one.address !== world.user.address,
    )
  return found?.address ?? ''
}

describe.each<DemoPhotoRefusal>([405, 501, 'owa', 'html'])(
  'a server that refuses plain photo requests with %s',
  (refusal) => {
    it('gives the same photos over SOAP, found out once', async () => {
      world.demo.script.refusePlainPhotos(refusal)
      const { ask, folder } = await connected()
      const address = somebody('photo')
      const { record } = await ask(address)
      const served = await world.demo.photo(address, 'HR96x96')
      expect(record).toMatchObject({ verdict: 'photo', etag: served?.etag, bytes: served?.bytes.length, error: null })
      expect(record.askedUrl).toBe(`${world.demo.ewsUrl}#GetUserPhoto`)
      const none = (await ask(somebody('none'))).record
      expect(none).toMatchObject({ verdict: 'absent', error: null, soapAnswer: 'no-picture-data' })
      expect(none.status).toBe(world.photoRequests().at(-1)?.status)
      const again = (await ask(address, 'HR96x96', true)).record
      expect(again).toMatchObject({ verdict: 'photo', servedFrom: 'library', status: 200, soapAnswer: 'unchanged' })
      expect(again.requestId).toBe(world.photoRequests().at(-1)?.clientRequestId)
      const requests = world.photoRequests()
      const plain = requests.filter((one) => one.method === 'GET')
      expect(plain.length).toBe(typeof refusal === 'number' ? 1 : 2)
      expect(requests.at(-1)).toMatchObject({ method: 'POST', ifNoneMatch: served?.etag })
      // A page or a redirect may be of the moment: that is found out anew the next time.
      const { accounts } = JSON.parse(readFileSync(join(folder, 'accounts.json'), 'utf8'))
      expect(accounts[0].photoRoute ?? null).toBe(typeof refusal === 'number' ? 'soap' : null)
    })
  },
)

describe('photos of a server that gives them plainly', () => {
  it('come in all nine sizes, each request with an id of its own, anchored to the mailbox that signed in', async () => {
    const { ask } = await connected()
    const address = somebody('photo')
    const kept: unknown[] = []
    for (const sizeCode of SIZE_CODES) {
      const { record } = await ask(address, sizeCode)
      expect(record).toMatchObject({ verdict: 'photo', status: 200, soapAnswer: null })
      kept.push(record.requestId)
    }
    const requests = world.photoRequests()
    expect(requests.map((one) => one.clientRequestId)).toEqual(kept)
    expect(requests.map((one) => one.sizeCode)).toEqual([...SIZE_CODES])
    expect(new Set(requests.map((one) => one.clientRequestId)).size).toBe(9)
    for (const one of requests) expect(one.anchorMailbox).toBe(world.user.address)
    const cookies = new Set(requests.map((one) => one.cookie))
    expect(cookies.size).toBe(1)
    expect([...cookies][0]).toMatch(/^exchangecookie=[0-9a-f]{32}$/)
  })

  it('stay plain when one person’s answer is a page', async () => {
    const { ask } = await connected()
    const address = somebody('photo')
    world.demo.script.sendGarbageFor(address, 'html')
    expect((await ask(address)).record).toMatchObject({ verdict: 'not-asked', error: { code: 'unexpected-answer' } })
    expect((await ask(somebody('none'))).record.verdict).toBe('absent')
    expect(new Set(world.photoRequests().map((one) => one.method))).toEqual(new Set(['GET']))
  })
})
