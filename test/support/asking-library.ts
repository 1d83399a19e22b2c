import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JobPause } from '../../src/main/core/jobs/ports.ts'
import { createBatchWriter } from '../../src/main/core/sync/create-batch-writer.ts'
import { createGate } from '../../src/main/core/sync/create-gate.ts'
import { createPhotoAsker } from '../../src/main/core/sync/create-photo-asker.ts'
import { ensurePhoto } from '../../src/main/core/sync/ensure-photo.ts'
import { runSync, type SyncPlan } from '../../src/main/core/sync/run-sync.ts'
import { openLibrary } from '../../src/main/store/open-library.ts'
import { contentHash } from '../../src/main/system/content-hash.ts'
import type { AppError } from '../../src/shared/errors.ts'
import type { PhotoOutcome } from '../../src/shared/photos.ts'
import type { SizeCode } from '../../src/shared/size-codes.ts'
import { createManualClock, type ManualClock, silentLog } from './manual-clock.ts'
import { addressOf } from './photo-records.ts'
import { createScriptedPhotos, createTextProbe, type ScriptedPhotos } from './scripted-photos.ts'

/** A real library in a fresh folder, asked through the real way, with a scripted server and a clock that stands still. */
export function openAskingLibrary(
  options: {
    limit?: number
    freshHours?: number
    /** A run before this one: its library, server and clock are taken over, and its folder stays. */
    after?: { folder: string; clock: ManualClock; server: ScriptedPhotos }
  } = {},
) {
  const folder = options.after?.folder ?? mkdtempSync(join(tmpdir(), 'rollcall-sync-'))
  const clock = options.after?.clock ?? createManualClock()
  const opened = openLibrary(join(folder, 'library.sqlite'), { log: silentLog })
  if (!opened.ok) throw new Error(opened.error.code)
  const library = opened.value
  const { photos } = library
  const server = options.after?.server ?? createScriptedPhotos()
  const probe = createTextProbe()
  const gate = createGate({ clock, limit: options.limit ?? 4 })
  const saves: number[] = []
  const closing = new AbortController()
  const writer = createBatchWriter({
    clock,
    log: silentLog,
    save: (changes) => photos.save(changes),
    onSaved: (changes) => void saves.push(changes.length),
  })
  const asker = createPhotoAsker({
    source: server,
    photos,
    probe,
    contentHash,
    gate,
    writer,
    clock,
    closing: closing.signal,
  })
  const freshness = { freshHours: options.freshHours ?? 24, absentHours: 24 }
  const deps = { asker, photos, clock, gate, freshness: () => freshness }

  return {
    folder,
    clock,
    library,
    photos,
    server,
    probe,
    gate,
    asker,
    saves,
    ensure: (name: string, more: { signal?: AbortSignal; isForced?: boolean; isInFull?: boolean } = {}) =>
      ensurePhoto(deps, addressOf(name), 'HR240x240', {
        priority: 'visible',
        signal: new AbortController().signal,
        ...more,
      }),
    /** Starts a sync, and says what is heard of it. */
    startSync(
      names: readonly string[],
      { pause, ...more }: Partial<Pick<SyncPlan, 'ask' | 'sizeCodes'>> & { pause?: JobPause } = {},
    ) {
      const abort = new AbortController()
      const lines: [string, SizeCode, PhotoOutcome][] = []
      const failures: [string, AppError][] = []
      const progress = { total: 0, done: 0 }
      const end = runSync(deps, {
        addresses: names.map(addressOf),
        sizeCodes: ['HR240x240'],
        ask: 'all',
        ...more,
        context: {
          signal: abort.signal,
          ...(pause === undefined ? {} : { pause }),
          setTotal: (total) => {
            progress.total = total
          },
          advance: (count = 1) => {
            progress.done += count
          },
          fail: (subject, error) => void failures.push([subject, error]),
        },
        onPhoto: ({ outcome, record }) => void lines.push([record.address, record.sizeCode, outcome]),
      })
      return { end, abort, lines, failures, progress }
    },
    /** Lets time pass until the promise has settled. */
    async passTimeUntil<T>(promise: Promise<T>, stepMs = 100): Promise<T> {
      let isSettled = false
      const settled = () => {
        isSettled = true
      }
      promise.then(settled, settled)
      for (let step = 0; !isSettled; step += 1) {
        if (step > 100_000) throw new Error('time does not help')
        await clock.advance(stepMs)
      }
      return promise
    },
    /** Ends the run; the library stays for the next. */
    async leave() {
      closing.abort()
      await asker.drain()
      library.close()
    },
    async close() {
      await this.leave()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
