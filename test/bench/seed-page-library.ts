import { createHash } from 'node:crypto'
import sharp from 'sharp'
import type { PhotoChange, StoredPicture } from '../../src/main/core/photos/ports.ts'
import { createAccountStore } from '../../src/main/store/account-store.ts'
import { libraryFile } from '../../src/main/store/library-file.ts'
import { openLibrary } from '../../src/main/store/open-library.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import { synthesizePeople } from './bench-people.ts'

// Makes a data folder with an account whose server is away and whose library has everybody and a tile's photo of each: what
// the page does is then measured, and not a server.

/** Pictures that are really different; everybody has one of them, at an address of their own. */
const PICTURES = 256
const SIDE_PX = 240
/** Photos a transaction. */
const BATCH = 5_000
const ACCOUNT = smtpAddressSchema.parse('bench@example.com')
/** Nobody listens there. */
const EWS_URL = 'https://127.0.0.1:9/EWS/Exchange.asmx'
/** A year: longer than photos are fresh without being asked about again, whatever the settings. */
const FRESH_MS = 365 * 86_400_000

const [dataDir = '', count = '0'] = process.argv.slice(2)
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const accounts = createAccountStore(dataDir, log)
accounts.save({
  address: ACCOUNT,
  userName: ACCOUNT,
  auth: 'basic',
  endpoints: { ewsUrl: EWS_URL, photosUrl: null, serverVersion: 'Exchange2016' },
  photoRoute: 'ews-url',
  agreedHosts: [],
  discovery: null,
})
accounts.setLastUsed(ACCOUNT)

const opened = openLibrary(libraryFile(dataDir, ACCOUNT), { log })
if (!opened.ok) throw new Error(`The library cannot be made: ${JSON.stringify(opened.error)}`)
const { people, photos, close } = opened.value
const everybody = synthesizePeople(Number(count))
const pictures = await Promise.all(Array.from({ length: PICTURES }, (_, index) => drawPicture(index)))
const atMs = Date.now()
people.save(everybody, atMs)
people.saveDirectoryState({ isComplete: true, endedMs: atMs, requests: 1 })
for (let from = 0; from < everybody.length; from += BATCH) {
  photos.save(everybody.slice(from, from + BATCH).map(({ address }, at) => changeOf(address, from + at)))
}
close()

function changeOf(address: string, index: number): PhotoChange {
  const picture = pictures[(index * 7919) % PICTURES]
  if (picture === undefined) throw new RangeError('No picture.')
  return {
    kind: 'photo',
    address: smtpAddressSchema.parse(address),
    sizeCode: 'HR240x240',
    atMs,
    askedUrl: `${EWS_URL}/s/GetUserPhoto?email=${encodeURIComponent(address)}&size=HR240x240`,
    picture,
    etag: null,
    contentType: 'image/jpeg',
    freshUntilMs: atMs + FRESH_MS,
  }
}

/** Something like a face before a wall: decodes as a photo of that size does. */
async function drawPicture(index: number): Promise<StoredPicture> {
  const hue = (index * 137) % 360
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE_PX}" height="${SIDE_PX}">
    <rect width="100%" height="100%" fill="hsl(${hue} 40% 70%)"/>
    <ellipse cx="120" cy="${210 + (index % 9)}" rx="90" ry="70" fill="hsl(${(hue + 90) % 360} 45% 40%)"/>
    <circle cx="${112 + (index % 17)}" cy="105" r="${48 + (index % 11)}" fill="hsl(28 50% ${50 + (index % 32)}%)"/>
  </svg>`
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 12 }
  const grain = await sharp({ create: { width: SIDE_PX, height: SIDE_PX, channels: 3, background: '#888', noise } })
    .png()
    .toBuffer()
  const bytes = await sharp(Buffer.from(svg))
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg({ quality: 80 })
    .toBuffer()
  return {
    contentHash: createHash('sha256').update(bytes).digest('hex'),
    bytes,
    facts: { format: 'jpeg', widthPx: SIDE_PX, heightPx: SIDE_PX, isDecodable: true, hasLocation: false },
  }
}
