import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Transform } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import {
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createDeflateRaw,
  createGzip,
  deflateRawSync,
  deflateSync,
  gzipSync,
} from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import type { PhotoAnswer } from '../../src/main/core/photos/ports.ts'
import { createExchangeConnector } from '../../src/main/exchange/create-exchange-connector.ts'
import { contentHash } from '../../src/main/system/content-hash.ts'
import { addressOf } from '../support/photo-records.ts'
import { startTinyServer, type TinyServer } from '../support/tiny-https-server.ts'

const { signal } = new AbortController()
const connector = createExchangeConnector()
const running: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()))
})

const MAX_BYTES = 1_000_000
/** Bytes that begin as a JPEG does and cannot be packed to less. */
const PICTURE = createHash('shake256', { outputLength: 6_000 }).update('a picture').digest()
PICTURE.set([0xff, 0xd8, 0xff])
const JPEG = { 'content-type': 'image/jpeg', etag: '"1"' }

type Send = (response: ServerResponse) => void

/** Asks a server that wants Basic and then answers as told; `next` is how it answers the question after the first. */
async function openAt(send: Send, { next = send, silenceMs }: { next?: Send; silenceMs?: number } = {}) {
  let photos = 0
  const server: TinyServer = await startTinyServer((request, response) => {
    if (request.headers.authorization === undefined) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end()
      return
    }
    photos += 1
    ;(photos === 1 ? send : next)(response)
  })
  const endpoints = { ewsUrl: `${server.url}/EWS/Exchange.asmx`, photosUrl: null, serverVersion: 'Exchange2013' }
  const network = { ...server.network, maxPhotoBytes: MAX_BYTES, ...(silenceMs !== undefined && { silenceMs }) }
  const session = connector.openSession(endpoints, { userName: 'anna', password: 'x' }, 'basic', network)
  running.push(session, server)
  const ask = () => session.photos.fetchPhoto({ address: addressOf('anna'), sizeCode: 'HR96x96', etag: '"0"', signal })
  return { ask }
}

/** Sends exactly these bytes as the whole answer, and closes where nothing else tells its end. */
function raw(head: readonly string[], body: string | Uint8Array = '', isClosing = false): Send {
  return ({ socket }) => {
    const bytes = Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), Buffer.from(body)])
    if (isClosing) socket?.end(bytes)
    else socket?.write(bytes)
  }
}

function packed(encoding: string, body: Uint8Array, status = 200): Send {
  return (response) => response.writeHead(status, { ...JPEG, 'content-encoding': encoding }).end(body)
}

const plain: Send = (response) => response.writeHead(200, JPEG).end(PICTURE)

function chunks(...parts: readonly (string | Uint8Array)[]): Buffer {
  const framed = parts.map((part) => {
    const bytes = Buffer.from(part)
    return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
  })
  return Buffer.concat([...framed, Buffer.from('0\r\n')])
}

/** Packs so many megabytes of nothing, a piece at a time. */
async function pack(packer: Transform, megabytes: number): Promise<Buffer> {
  const pieces: Buffer[] = []
  packer.on('data', (piece: Buffer) => pieces.push(piece))
  const megabyte = Buffer.alloc(1_000_000)
  for (let at = 0; at < megabytes; at += 1) if (!packer.write(megabyte)) await once(packer, 'drain')
  packer.end()
  await once(packer, 'end')
  return Buffer.concat(pieces)
}

const pictureOf = (answer: PhotoAnswer) => (answer.kind === 'photo' ? contentHash(answer.bytes) : answer)

describe('a photo that was packed unasked', () => {
  it.each<[string, Uint8Array]>([
    ['gzip', gzipSync(PICTURE)],
    ['X-GZIP', gzipSync(PICTURE)],
    ['deflate', deflateSync(PICTURE)],
    ['deflate', deflateRawSync(PICTURE)],
    ['br', brotliCompressSync(PICTURE)],
    ['identity', PICTURE],
  ])('as %s is unpacked, and counted as it came', async (encoding, body) => {
    const { ask } = await openAt(packed(encoding, body))
    const answer = await ask()
    expect(pictureOf(answer)).toEqual(contentHash(PICTURE))
    expect(answer.bodyBytes).toBe(body.length)
  })

  it.each<[string, string, Uint8Array, string]>([
    ['in a way that nobody knows', 'x-secret', PICTURE, 'the body is packed in an unknown way'],
    ['twice', 'gzip, br', PICTURE, 'the body is packed in an unknown way'],
    ['by its header only', 'gzip', PICTURE, 'the body cannot be unpacked'],
    ['otherwise than it says', 'br', gzipSync(PICTURE), 'the body cannot be unpacked'],
    ['and cut off', 'gzip', gzipSync(PICTURE).subarray(0, 3_000), 'the body cannot be unpacked'],
    ['and damaged', 'gzip', gzipSync(PICTURE).fill(0, 2_000, 2_100), 'the body cannot be unpacked'],
  ])('%s is a failed attempt, and nothing of it is a photo', async (_, encoding, body, detail) => {
    const { ask } = await openAt(packed(encoding, body), { next: plain })
    expect(await ask()).toMatchObject({ kind: 'failed', status: 200, error: { code: 'unexpected-answer', detail } })
    expect(pictureOf(await ask())).toEqual(contentHash(PICTURE))
  })

  it.each([
    [404, 'absent'],
    [304, 'not-modified'],
  ])('does not matter where the status %d says it all', async (status, kind) => {
    const { ask } = await openAt(packed('x-secret', status === 304 ? Buffer.alloc(0) : PICTURE, status))
    expect(await ask()).toMatchObject({ kind, status })
  })

  it.each([
    ['gzip', () => createGzip({ level: 1 })],
    ['deflate', () => createDeflateRaw({ level: 1 })],
    ['br', () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
  ])('as %s that would fill the memory is given up in time', async (encoding, make) => {
    const bomb = await pack(make(), 200)
    expect(bomb.length).toBeLessThan(MAX_BYTES)
    const { ask } = await openAt(packed(encoding, bomb))
    const before = process.resourceUsage().maxRSS
    const answer = await ask()
    expect(answer).toMatchObject({ kind: 'failed', status: 200, error: { code: 'photo-too-large' } })
    // In kilobytes: the picture that is allowed, a few times over.
    expect(process.resourceUsage().maxRSS - before).toBeLessThan(40_000)
  })
})

describe('the end of a photo', () => {
  it('is that of the connection, where HTTP/1.0 gives no length', async () => {
    const { ask } = await openAt(raw(['HTTP/1.0 200 OK', 'Content-Type: image/jpeg'], PICTURE, true))
    const answer = await ask()
    expect(pictureOf(answer)).toEqual(contentHash(PICTURE))
    expect(answer).toMatchObject({ isWhole: false })
    expect(await ask()).toMatchObject({ kind: 'photo' })
  })

  it('is told by chunks, and what follows them as trailers is not believed', async () => {
    const { ask } = await openAt((response) => {
      response.writeHead(200, { 'content-type': 'image/jpeg', trailer: 'ETag, Set-Cookie' })
      response.write(PICTURE.subarray(0, 10))
      response.addTrailers({ ETag: '"evil"', 'Set-Cookie': 'a=b' })
      response.end(PICTURE.subarray(10))
    })
    const answer = await ask()
    expect(pictureOf(answer)).toEqual(contentHash(PICTURE))
    expect(answer).toMatchObject({ isWhole: true, etag: null })
    expect(await ask()).toMatchObject({ kind: 'photo', etag: null })
  })

  it.each([
    ['chunks that end too early', ['Transfer-Encoding: chunked'], chunks(PICTURE).subarray(0, 3_000)],
    ['a chunk without a length', ['Transfer-Encoding: chunked'], Buffer.from('xyz\r\n')],
    ['a length that is longer than the body', ['Content-Length: 6100'], PICTURE],
    ['two lengths', ['Content-Length: 6000', 'Content-Length: 10'], PICTURE],
    ['a length beside chunks', ['Content-Length: 6000', 'Transfer-Encoding: chunked'], chunks(PICTURE)],
    ['a length that is no number', ['Content-Length: 6e3'], PICTURE],
  ])('is not found with %s: a failed attempt', async (_, framing, body) => {
    const { ask } = await openAt(raw(['HTTP/1.1 200 OK', 'Content-Type: image/jpeg', ...framing], body, true), {
      next: plain,
    })
    expect(await ask()).toMatchObject({ kind: 'failed', error: { code: 'unreachable' } })
    expect(pictureOf(await ask())).toEqual(contentHash(PICTURE))
  })

  it('comes with the length that was told, and what lies behind it is no answer to the next question', async () => {
    const head = ['HTTP/1.1 200 OK', 'Content-Type: image/jpeg', 'Content-Length: 100']
    const { ask } = await openAt(raw(head, PICTURE), { next: (response) => response.writeHead(404).end() })
    const answer = await ask()
    // What is held of it is never shown: it does not decode.
    if (answer.kind === 'photo') expect(answer.bytes).toHaveLength(100)
    expect(await ask()).toMatchObject({ kind: 'absent' })
  })

  it('is not waited for where the length that was told is over the limit', async () => {
    const head = ['HTTP/1.1 200 OK', 'Content-Type: image/jpeg', `Content-Length: ${MAX_BYTES + 1}`]
    const { ask } = await openAt(raw(head))
    expect(await ask()).toMatchObject({ kind: 'failed', bodyBytes: 0, error: { code: 'photo-too-large' } })
  })

  it('is not waited for in a web page that has none, which is not taken for a large photo', async () => {
    const { ask } = await openAt((response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 0x20)));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    expect(await ask()).toMatchObject({
      kind: 'failed',
      status: 200,
      error: { code: 'unexpected-answer', status: 200 },
    })
  })
})

describe('a photo that comes slowly', () => {
  /** How long the server may be silent here; an answer of which nothing comes may take three times as long (ms). */
  const SILENCE_MS = 500

  async function pour(response: ServerResponse, pieceBytes: number, everyMs: number, pieces: number): Promise<void> {
    for (let sent = 0; sent < pieces && !response.destroyed; sent += 1) {
      response.write(PICTURE.subarray(0, pieceBytes))
      await wait(everyMs)
    }
    response.end()
  }

  it('is waited for, longer than an answer may take without one, as long as the line brings something', async () => {
    const { ask } = await openAt((response) => void pour(response.writeHead(200, JPEG), 4_000, 80, 30), {
      silenceMs: SILENCE_MS,
    })
    const beganMs = performance.now()
    expect(await ask()).toMatchObject({ kind: 'photo', bodyBytes: 120_000 })
    expect(performance.now() - beganMs).toBeGreaterThan(3 * SILENCE_MS)
  })

  it.each<[string, Send]>([
    ['a byte at a time for ever', (response) => void pour(response.writeHead(200, JPEG), 1, 20, 5_000)],
    [
      'in its head, a byte at a time',
      (response) => {
        const { socket } = response
        socket?.write('HTTP/1.1 200 OK\r\nX-Endless: ')
        const drip = setInterval(() => (socket?.destroyed === false ? socket.write('x') : clearInterval(drip)), 20)
      },
    ],
    ['not at all', () => {}],
    ['and stops in the middle', (response) => response.writeHead(200, JPEG).write(PICTURE.subarray(0, 1_000))],
  ])('%s is given up', async (_, send) => {
    const { ask } = await openAt(send, { next: plain, silenceMs: SILENCE_MS })
    expect(await ask()).toMatchObject({ kind: 'failed', error: { code: 'unreachable' } })
    expect(pictureOf(await ask())).toEqual(contentHash(PICTURE))
  })
})
