import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LibraryFault } from '../../src/main/core/ports.ts'
import { type Library, openLibrary } from '../../src/main/store/open-library.ts'
import { contentHash } from '../../src/main/system/content-hash.ts'
import { silentLog } from '../support/manual-clock.ts'
import { photoChange } from '../support/open-test-library.ts'
import { address } from '../support/people.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const KB_40 = 40_000
const textOf = (at: number) => `${at} `.padEnd(KB_40, String(at % 10))
const whoOf = (at: number) => address(`p${at}@fjordline.example`)
const changeOf = (at: number) => photoChange(textOf(at), 100, { address: whoOf(at), etag: null })
const open = (file: string) => openLibrary(file, { log: silentLog })

function opened(file: string): Library {
  const library = open(file)
  if (!library.ok) throw new Error(JSON.stringify(library.error))
  return library.value
}

/** Saves photos one by one until the library refuses; answers how many it took, and why it ended. */
function saveUntilFull({ photos }: Library): { saved: number; fault: unknown } {
  for (let at = 0; at < 1_000; at += 1) {
    try {
      photos.save([changeOf(at)])
    } catch (fault) {
      return { saved: at, fault }
    }
  }
  return { saved: 1_000, fault: null }
}

function expectAll({ photos, upkeep }: Library, count: number): void {
  expect(upkeep.check()).toEqual([])
  const missing = Array.from({ length: count }, (_, at) => at).filter((at) => {
    const held = photos.find(whoOf(at), 'HR96x96')?.record.contentHash
    return held !== contentHash(Buffer.from(textOf(at))) || photos.readBytes(held) === null
  })
  expect(missing).toEqual([])
}

/** Whether this user may mount a small file system; only the administrator of a Linux may. */
const canMount = (() => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})()

describe.skipIf(!canMount)('a disk of 6 MB (needs the right to mount)', () => {
  let disk = ''
  beforeAll(() => {
    disk = mkdtempSync(join(tmpdir(), 'rollcall-disk-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk])
  })
  afterAll(() => {
    execFileSync('umount', ['-l', disk])
    rmSync(disk, { recursive: true, force: true })
  })

  it('that is full ends in a clear answer, loses nothing, and goes on when there is room', () => {
    const file = join(disk, 'full.sqlite')
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(2_000_000))
    const library = opened(file)
    const { saved, fault } = saveUntilFull(library)
    expect(saved).toBeGreaterThan(10)
    expect(fault).toBeInstanceOf(LibraryFault)
    expect(fault).toMatchObject({ error: { code: 'library-unusable', reason: 'disk-full' } })
    expectAll(library, saved)
    library.close()
    const again = opened(file)
    expectAll(again, saved)
    rmSync(join(disk, 'ballast'))
    again.photos.save([changeOf(saved)])
    expectAll(again, saved + 1)
    again.close()
    rmSync(file)
  })

  it('that is full from the start is said when the library is opened', () => {
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(100))
    try {
      for (;;) writeFileSync(join(disk, 'ballast'), Buffer.alloc(4_096), { flag: 'a' })
    } catch {
      // Full.
    }
    expect(open(join(disk, 'new.sqlite'))).toMatchObject({ ok: false, error: { reason: 'disk-full' } })
    rmSync(join(disk, 'ballast'))
  })

  it('that is read-only is said, and the file stays as it was', () => {
    const file = join(disk, 'library.sqlite')
    const library = opened(file)
    library.photos.save([changeOf(1)])
    library.close()
    const before = readFileSync(file)
    execFileSync('mount', ['-o', 'remount,ro', disk])
    try {
      expect(open(file)).toMatchObject({ ok: false, error: { code: 'library-unusable', reason: 'read-only' } })
      expect(readFileSync(file).equals(before)).toBe(true)
    } finally {
      execFileSync('mount', ['-o', 'remount,rw', disk])
    }
  })
})

describe('a write-ahead log that was written in part', () => {
  it('loses the last photos at most, and the library is sound, wherever it ends', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'library.sqlite')
    const library = opened(file)
    for (let at = 0; at < 30; at += 1) library.photos.save([changeOf(at)])
    const cuts = [0, 10, 32, 500, 30_000, 100_001, 400_000, 900_000].map((bytes) => ({
      bytes,
      isNoise: bytes % 2 === 1,
    }))
    for (const { bytes, isNoise } of cuts) {
      const copy = join(folder, `cut-${bytes}`)
      mkdirSync(copy)
      copyFileSync(file, join(copy, 'library.sqlite'))
      copyFileSync(`${file}-wal`, join(copy, 'library.sqlite-wal'))
      const log = readFileSync(`${file}-wal`)
      truncateSync(join(copy, 'library.sqlite-wal'), Math.min(bytes, log.length))
      if (isNoise) writeFileSync(join(copy, 'library.sqlite-wal'), Buffer.alloc(5_000, 0xa5), { flag: 'a' })
      const cut = opened(join(copy, 'library.sqlite'))
      const { sizes } = cut.upkeep.measure()
      expectAll(cut, sizes[0]?.photos ?? 0)
      // And it can be written.
      cut.photos.save([changeOf(77)])
      cut.close()
    }
    expectAll(library, 30)
    library.close()
  })
})

describe('a file with damaged pages', () => {
  it('says so, whatever was hit, and never gives out a wrong picture', () => {
    const folder = temporaryFolder()
    const file = join(folder, 'library.sqlite')
    const library = opened(file)
    for (let at = 0; at < 30; at += 1) library.photos.save([changeOf(at)])
    library.close()
    const whole = readFileSync(file)
    const pageBytes = 2_048
    const pages = whole.length / pageBytes
    let noticed = 0
    for (let hit = 1; hit < pages; hit += Math.ceil(pages / 25)) {
      const hurt = join(folder, `hurt-${hit}.sqlite`)
      const bytes = Buffer.from(whole)
      bytes.fill(0xff, hit * pageBytes, (hit + 1) * pageBytes)
      writeFileSync(hurt, bytes)
      if (isNoticed(hurt)) noticed += 1
    }
    expect(noticed).toBeGreaterThan(20)
  })

  /** Uses everything there is in the library; true when the damage was said, in one way or another. */
  function isNoticed(file: string): boolean {
    const library = open(file)
    if (!library.ok) {
      expect(library.error).toMatchObject({ code: 'library-unusable', reason: 'corrupt' })
      return true
    }
    const { photos, upkeep, close } = library.value
    let isSaid = false
    try {
      for (let at = 0; at < 30; at += 1) {
        const hash = photos.find(whoOf(at), 'HR96x96')?.record.contentHash ?? null
        const bytes = hash === null ? null : photos.readBytes(hash)
        if (bytes === null) isSaid = true
        else expect(contentHash(bytes)).toBe(hash)
      }
      if (upkeep.check().length > 0) isSaid = true
    } catch (cause) {
      expect(cause).toMatchObject({ error: { code: 'library-unusable', reason: 'corrupt' } })
      isSaid = true
    }
    close()
    return isSaid
  }
})
