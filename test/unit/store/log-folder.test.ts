import { statSync } from 'node:fs'
import { describe, expect, it, vi } from 'vitest'
import { openTestLibrary, photoChange } from '../../support/open-test-library.ts'
import { address } from '../../support/people.ts'

const MB = 1_000_000

/** Saves photos of a megabyte each, no two the same, as fast as the library takes them. */
async function saveMegabytes(library: ReturnType<typeof openTestLibrary>, count: number): Promise<void> {
  for (let at = 0; at < count; at += 1) {
    await library.whenWritable()
    const photo = photoChange(`${at} `.padEnd(MB, 'x'), 100, { address: address(`p${at}@fjordline.example`) })
    library.photos.save([photo])
    await new Promise((resolve) => setImmediate(resolve))
  }
}

describe('the write-ahead log', () => {
  it('is folded into the file while photos are saved', async () => {
    const library = openTestLibrary()
    await saveMegabytes(library, 6)
    await vi.waitFor(() => expect(statSync(library.file).size).toBeGreaterThan(4 * MB), 15_000)
  })

  it('begins anew before it is much longer than it may be, however much is saved', async () => {
    const library = openTestLibrary()
    await saveMegabytes(library, 100)
    expect(statSync(`${library.file}-wal`).size).toBeLessThan(90 * MB)
  })

  it('is gone when the library is closed in the middle of it', async () => {
    const library = openTestLibrary()
    await saveMegabytes(library, 6)
    library.close()
    expect(statSync(`${library.file}-wal`, { throwIfNoEntry: false })).toBeUndefined()
    const again = openTestLibrary(library.file)
    expect(again.photos.find(address('p5@fjordline.example'), 'HR96x96')?.record.bytes).toBe(MB)
  })
})
