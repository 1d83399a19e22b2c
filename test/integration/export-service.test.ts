import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { unknownPerson } from '../../src/main/core/audit/unknown-person.ts'
import { createJobRunner } from '../../src/main/core/jobs/create-job-runner.ts'
import { createPeopleIndex } from '../../src/main/core/people/create-people-index.ts'
import type { PhotoChange } from '../../src/main/core/photos/ports.ts'
import { createAuditService } from '../../src/main/engine/audit-service.ts'
import { createExportService } from '../../src/main/engine/export-service.ts'
import { createExportTargets } from '../../src/main/engine/export-targets.ts'
import { resolveScope } from '../../src/main/engine/resolve-scope.ts'
import type { AccountSession } from '../../src/main/engine/session-types.ts'
import { openAcceptedFindings } from '../../src/main/store/accepted-findings-store.ts'
import { type Library, openLibrary } from '../../src/main/store/open-library.ts'
import { systemClock } from '../../src/main/system/clock.ts'
import { contentHash } from '../../src/main/system/content-hash.ts'
import { createExportSinkFactory } from '../../src/main/system/export-sink.ts'
import { createPictureProbe } from '../../src/main/system/picture-probe.ts'
import { createPictureResizer } from '../../src/main/system/picture-resizer.ts'
import type { JobId } from '../../src/shared/jobs.ts'
import type { Scope } from '../../src/shared/people.ts'
import { DEFAULT_SETTINGS } from '../../src/shared/settings.ts'
import type { SizeCode } from '../../src/shared/size-codes.ts'
import { silentLog } from '../support/manual-clock.ts'
import { addressOf } from '../support/photo-records.ts'

const EVERYBODY: Scope = { of: { kind: 'all' }, except: [] }
const NOON_MS = Date.UTC(2026, 10, 24, 12)

let folder = ''
let target = ''
let library: Library
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-export-'))
  target = join(folder, 'out')
  const opened = openLibrary(join(folder, 'library.sqlite'), { log: silentLog })
  if (!opened.ok) throw new Error(opened.error.code)
  library = opened.value
})
afterEach(async () => {
  library.close()
  await rm(folder, { recursive: true })
})

/** The services on a real library and real files, with a server that cannot be reached. */
function services(people: { address: string; displayName: string }[]) {
  const index = createPeopleIndex()
  const entries = people.map((person) => ({
    ...{ ...unknownPerson(addressOf(person.address)), displayName: person.displayName },
    kind: 'person' as const,
  }))
  library.people.save(entries, NOON_MS)
  index.upsert(entries)
  const session: AccountSession = {
    account: {
      ...{ address: addressOf('me'), userName: 'me', auth: 'auto', ewsUrl: 'https://mail.fjordline.example' },
      ...{ isDemo: false, secretKeptIn: 'nowhere' },
    },
    ...{
      people: library.people,
      photos: library.photos,
      plans: library.plans,
      index,
      filling: { isWhole: () => true, behind: null, whenFilled: () => null, whenRested: () => null },
      listInterrupted: async () => [],
      findInterrupted: async () => null,
      dropInterrupted: () => false,
    },
    accepted: openAcceptedFindings(join(target, 'accepted.json'), silentLog),
    directory: {
      resolveNames: () => Promise.reject(new Error('unused')),
      expandList: () => Promise.reject(new Error('unused')),
    },
    resolveScope: (scope) => resolveScope(index, scope),
    ensurePhoto: async (address, sizeCode) => {
      const held = library.photos.find(address, sizeCode)
      if (held === null) throw new Error(`nothing is held of ${address}`)
      return held
    },
    estimateSync: () => ({ people: 0, requests: 0, seconds: 0, bytes: 0 }),
    sync: () => Promise.reject(new Error('unused')),
  }
  const jobs = createJobRunner({ clock: systemClock, log: silentLog, onChange: () => {} })
  const host = { chooseFolder: async () => target, revealFolder: async () => true }
  const deps = {
    ...{ jobs, host, session: () => session, settings: () => DEFAULT_SETTINGS },
    ...{ sinks: createExportSinkFactory(), targets: createExportTargets(host), resizer: createPictureResizer() },
    clock: { ...systemClock, nowMs: () => NOON_MS },
  }
  return { index, jobs, exports: createExportService(deps), audit: createAuditService(deps) }
}

async function hold(name: string, sizeCode: SizeCode, bytes: Uint8Array | null): Promise<void> {
  const base = { address: addressOf(name), sizeCode, atMs: NOON_MS, askedUrl: 'https://mail.fjordline.example/x' }
  const change: PhotoChange =
    bytes === null
      ? { ...base, kind: 'absent', status: 404 }
      : {
          ...{ ...base, kind: 'photo', etag: '"1"', contentType: 'image/jpeg', freshUntilMs: null },
          picture: { contentHash: contentHash(bytes), bytes, facts: await createPictureProbe().probe(bytes) },
        }
  library.photos.save([change])
}

function draw(widthPx: number, format: 'jpeg' | 'png'): Promise<Buffer> {
  const create = { width: widthPx, height: widthPx, channels: 3 as const, background: '#446688' }
  return sharp({ create })[format]().toBuffer()
}

async function chosen({ exports }: ReturnType<typeof services>): Promise<string> {
  return (await exports.chooseTarget())?.token ?? ''
}

const started = (id: { ok: true; value: JobId } | { ok: false; error: unknown }): JobId => {
  if (!id.ok) throw new Error(JSON.stringify(id.error))
  return id.value
}

describe('exports', () => {
  it('writes every picture as received under the names of its plan, and lists who has none', async () => {
    const all = services([
      { address: 'a', displayName: 'Kim Li' },
      { address: 'b', displayName: 'KIM LI' },
      { address: 'c', displayName: 'Zoë / 山田' },
      { address: 'd', displayName: 'Nobody' },
    ])
    const pictures = [await draw(648, 'jpeg'), await draw(300, 'png'), await draw(100, 'jpeg')]
    for (const [index, bytes] of pictures.entries()) await hold('abc'[index] ?? '', 'HR648x648', bytes)
    await hold('d', 'HR648x648', null)
    all.index.setPhotos([[addressOf('d'), { state: 'none', tile: null, findings: ['missing'] }]])
    const size = { kind: 'size-code', sizeCode: 'HR648x648' } as const
    const plan = all.exports.plan({ scope: EVERYBODY, size })
    expect(plan).toMatchObject({
      value: {
        people: 4,
        withoutPhoto: 1,
        sampleNames: ['Kim Li.jpg', 'KIM LI (2).png', 'Zoë _ 山田.jpg'],
      },
    })
    const id = started(all.exports.start({ scope: EVERYBODY, size, targetToken: await chosen(all) }))
    const job = await all.jobs.whenEnded(id)
    expect(job).toMatchObject({ state: 'done', done: 4, total: 4, failed: 1, result: { files: 3, folder: target } })
    expect(job.failures).toEqual([{ subject: addressOf('d'), error: { code: 'no-photo', address: addressOf('d') } }])
    expect((await readdir(target)).toSorted()).toEqual(['KIM LI (2).png', 'Kim Li.jpg', 'Zoë _ 山田.jpg'])
    expect(await readFile(join(target, 'Kim Li.jpg'))).toEqual(pictures[0])
    expect(await readFile(join(target, 'KIM LI (2).png'))).toEqual(pictures[1])
    expect(await all.exports.reveal({ jobId: id })).toEqual({ ok: true, value: true })
  })

  it('scales down to a width, never up, and overwrites nothing on a second run', async () => {
    const all = services([
      { address: 'a', displayName: 'Large' },
      { address: 'b', displayName: 'Small' },
    ])
    const small = await draw(100, 'png')
    await hold('a', 'HR648x648', await draw(648, 'jpeg'))
    await hold('b', 'HR648x648', small)
    const size = { kind: 'width', widthPx: 200 } as const
    const targetToken = await chosen(all)
    for (let run = 0; run < 2; run += 1)
      await all.jobs.whenEnded(started(all.exports.start({ scope: EVERYBODY, size, targetToken })))
    expect((await readdir(target)).toSorted()).toEqual(['Large (2).jpg', 'Large.jpg', 'Small (2).png', 'Small.png'])
    expect(await sharp(join(target, 'Large.jpg')).metadata()).toMatchObject({ width: 200, height: 200, format: 'jpeg' })
    expect(await readFile(join(target, 'Small.png'))).toEqual(small)
  })

  it('accepts no folder but one that was chosen', () => {
    const all = services([])
    const size = { kind: 'width', widthPx: 200 } as const
    for (const targetToken of ['', folder, 'made-up'])
      expect(all.exports.start({ scope: EVERYBODY, size, targetToken })).toMatchObject({
        error: { code: 'unknown-reference' },
      })
  })
})

describe('saveCsv', () => {
  it('writes the audit by the day, numbered when there is one already', async () => {
    const all = services([{ address: 'a', displayName: '=Evil' }])
    await hold('a', 'HR648x648', await draw(200, 'jpeg'))
    const targetToken = await chosen(all)
    expect(await all.audit.saveCsv({ scope: EVERYBODY, targetToken })).toEqual({
      ...{ ok: true, value: { file: 'rollcall-audit-2026-11-24.csv', rows: 1 } },
    })
    expect(await all.audit.saveCsv({ scope: EVERYBODY, targetToken })).toMatchObject({
      value: { file: 'rollcall-audit-2026-11-24 (2).csv' },
    })
    expect((await readdir(target)).toSorted()).toEqual([
      'rollcall-audit-2026-11-24 (2).csv',
      'rollcall-audit-2026-11-24.csv',
    ])
    const csv = await readFile(join(target, 'rollcall-audit-2026-11-24.csv'), 'utf8')
    expect(csv).toContain("\r\na@fjordline.example,'=Evil,")
    expect(csv).toContain(',photo,low resolution,')
  })

  it('says when the folder cannot be made', async () => {
    const all = services([])
    await writeFile(target, 'a file is in the way')
    const saved = await all.audit.saveCsv({ scope: EVERYBODY, targetToken: await chosen(all) })
    expect(saved).toMatchObject({ error: { code: 'not-writable' } })
  })
})
