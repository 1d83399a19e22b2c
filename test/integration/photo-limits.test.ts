import { randomBytes } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectToHostile, type EngineOnHostile } from '../support/engine-on-hostile.ts'
import { type HostilePhoto, soapPhotoOf } from '../support/hostile-exchange.ts'
import { addressOf } from '../support/photo-records.ts'

const LIMIT_BYTES = 100_000
const NAMES = ['good', 'over', 'far-over', 'bomb', 'broken'] as const
type Name = (typeof NAMES)[number]

let pictures: Readonly<Record<Name, Uint8Array>>
let successors: Partial<Record<Name, Uint8Array>> = {}
beforeAll(async () => {
  const good = await sharp({ create: { width: 648, height: 648, channels: 3, background: '#268' } })
    .jpeg()
    .toBuffer()
  const bomb = Buffer.from(good)
  const frame = bomb.indexOf(Buffer.from([0xff, 0xc0]))
  bomb.writeUInt16BE(65_000, frame + 5)
  bomb.writeUInt16BE(65_000, frame + 7)
  const longer = (bytes: number) => Buffer.concat([good, randomBytes(bytes - good.length)])
  const broken = good.subarray(0, good.length / 2)
  pictures = { good, over: longer(LIMIT_BYTES + 1), 'far-over': longer(30 * LIMIT_BYTES), bomb, broken }
})

const pictureOf = (address: string): Uint8Array | null => {
  const name = NAMES.find((one) => addressOf(one) === address)
  return name === undefined ? null : (successors[name] ?? pictures[name])
}
const absent: HostilePhoto = { status: 404 }

describe.each(['REST', 'SOAP'] as const)('by %s', (way) => {
  let at: EngineOnHostile
  beforeAll(async () => {
    successors = {}
    at = await connectToHostile({
      people: NAMES.map((name) => ({ address: addressOf(name), displayName: name })),
      photo: (address) => {
        const picture = pictureOf(address)
        if (way === 'SOAP') return { status: 405 }
        return picture === null ? absent : { headers: { 'content-type': 'image/jpeg' }, body: picture }
      },
      soapPhoto: (address) => {
        const picture = pictureOf(address)
        return picture === null ? absent : soapPhotoOf(picture)
      },
    })
    await at.engine.client.settings.update({ library: { maxPhotoBytes: LIMIT_BYTES } })
    await at.engine.client.connections.retry()
  })
  afterAll(() => at.close())

  const judge = async (name: Name) => {
    const address = addressOf(name)
    const records = await at.engine.client.photos.ensureAll({ address })
    const { state, open } = await at.engine.client.audit.read({ address })
    const record = records.find(({ sizeCode }) => sizeCode === 'HR648x648')
    const { verdict, contentHash, isDecodable, error, refused } = record ?? {}
    return { state, findings: open, record: { verdict, contentHash, isDecodable, error, refused } }
  }
  const hash = expect.stringMatching(/^[0-9a-f]{64}$/)

  it.each(['over', 'far-over'] as const)('a photo that is %s the limit is the finding “too large”', async (name) => {
    const error = { code: 'photo-too-large', address: addressOf(name), limitBytes: LIMIT_BYTES }
    expect(await judge(name)).toEqual({
      ...{ state: 'photo', findings: ['too-large'] },
      record: { verdict: 'not-asked', contentHash: null, isDecodable: null, refused: null, error },
    })
  })

  it.each(['bomb', 'broken'] as const)(
    'a picture that is a %s is kept as evidence, and is “unreadable”',
    async (name) => {
      expect(await judge(name)).toEqual({
        ...{ state: 'photo', findings: ['unreadable'] },
        record: { verdict: 'photo', contentHash: hash, isDecodable: false, refused: null, error: null },
      })
    },
  )

  it('none of them takes the place of a good picture', async () => {
    const before = await judge('good')
    expect(before).toMatchObject({ state: 'photo', findings: [], record: { isDecodable: true } })
    const address = addressOf('good')
    successors = { good: pictures['far-over'] }
    await at.engine.client.photos.refresh({ address })
    const { contentHash } = before.record
    expect(await judge('good')).toMatchObject({ findings: ['too-large'], record: { contentHash, isDecodable: true } })
    successors = { good: pictures.bomb }
    await at.engine.client.photos.refresh({ address })
    const spoilt = await judge('good')
    expect(spoilt).toMatchObject({ findings: ['unreadable'], record: { contentHash, isDecodable: true, error: null } })
    expect(spoilt.record.refused).not.toBeNull()
  })
})
