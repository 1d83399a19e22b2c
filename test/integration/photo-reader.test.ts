import { MessageChannel } from 'node:worker_threads'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createPhotoReaderLink } from '../../src/main/engine/photo-reader-link.ts'
import { createPhotoReaderThread } from '../../src/main/engine/start-photo-reader.ts'
import { isLibraryInUse } from '../../src/main/store/open-library.ts'
import { contentHash } from '../../src/main/system/content-hash.ts'
import { ASKED, openTestLibrary, photoChange } from '../support/open-test-library.ts'
import { address } from '../support/people.ts'

const WORKER = new URL('../../src/main/engine/engine-worker.ts', import.meta.url)
const ONE = { person: ASKED.address, size: ASKED.sizeCode, v: contentHash(Buffer.from('one')) }

/** A thread that reads photos, the engine's end of it, and a library that holds one. */
function setUp(key: Uint8Array | null = null) {
  const { port1, port2 } = new MessageChannel()
  const thread = createPhotoReaderThread(WORKER, port1)
  const link = createPhotoReaderLink(port2)
  onTestFinished(() => {
    thread.close()
    port2.close()
  })
  const library = openTestLibrary(undefined, key)
  library.photos.save([photoChange('one', 100)])
  return { thread, link, library }
}

/** Asks until the thread has started. */
async function whenServed(thread: ReturnType<typeof createPhotoReaderThread>) {
  return vi.waitFor(
    async () => {
      const reply = await thread.serve(ONE)
      if (reply === null) throw new Error('not yet')
      return reply
    },
    { timeout: 20_000, interval: 20 },
  )
}

describe('the thread that reads photos', () => {
  it('serves a pinned picture as the engine does, once it has started', async () => {
    const { thread, link, library } = setUp()
    link.open(library.file, null)
    expect(await thread.serve(ONE)).toBeNull()
    const reply = await whenServed(thread)
    expect(reply).toMatchObject({
      status: 200,
      headers: { 'Content-Type': 'image/jpeg', 'Cache-Control': 'private, max-age=31536000, immutable' },
    })
    expect(Buffer.from(reply.body ?? []).toString()).toBe('one')
  })

  it('reads what is saved meanwhile, also while somebody writes', async () => {
    const { thread, link, library } = setUp()
    link.open(library.file, null)
    await whenServed(thread)
    library.photos.save([photoChange('two', 200)])
    const writer = new BetterSqlite(library.file)
    onTestFinished(() => void writer.close())
    writer.exec('BEGIN IMMEDIATE')
    const reply = await thread.serve({ ...ONE, v: contentHash(Buffer.from('two')) })
    expect(Buffer.from(reply?.body ?? []).toString()).toBe('two')
    expect((await whenServed(thread)).status).toBe(200)
  })

  it('leaves to the engine what is not there: another person, an unknown picture, damaged bytes', async () => {
    const { thread, link, library } = setUp()
    link.open(library.file, null)
    await whenServed(thread)
    expect(await thread.serve({ ...ONE, person: address('bo@fjordline.example') })).toBeNull()
    expect(await thread.serve({ ...ONE, v: '0'.repeat(64) })).toBeNull()
    const db = new BetterSqlite(library.file)
    db.exec("UPDATE picture_bytes SET bytes = CAST('onf' AS BLOB)")
    db.close()
    expect(await thread.serve(ONE)).toBeNull()
  })

  it('lets the file go when it is told to, so that the library can be moved', async () => {
    const { thread, link, library } = setUp()
    link.open(library.file, null)
    await whenServed(thread)
    await link.close()
    library.close()
    expect(isLibraryInUse(library.file)).toBe(false)
    expect(await thread.serve(ONE)).toBeNull()
  })

  it('needs no thread to be told: before it has started, and after it is gone', async () => {
    const { thread, link, library } = setUp()
    link.open(library.file, null)
    await link.close()
    link.open(library.file, null)
    await whenServed(thread)
    thread.close()
    await link.close()
    expect(await thread.serve(ONE)).toBeNull()
  })

  it('opens an encrypted library with its key, and leaves it to the engine without', async () => {
    const key = Buffer.alloc(32, 7)
    const { thread, link, library } = setUp()
    library.seal.switchOn(key)
    while (library.seal.rewriteSome(100));
    link.open(library.file, key)
    expect((await whenServed(thread)).status).toBe(200)
    await link.close()
    link.open(library.file, null)
    expect(await thread.serve(ONE)).toBeNull()
  })
})
