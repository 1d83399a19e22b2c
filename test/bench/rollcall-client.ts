import { type ChildProcess, fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { HOST_ENVIRONMENT } from '../../scripts/setup/host-environment.mjs'
import type { PhotoServerFacts } from './photo-server.ts'
import type { MeasuredSync, RollcallAnswer, RollcallCommand } from './rollcall-process.ts'

const BUILT = join(import.meta.dirname, '../../out/bench')

/** How a Rollcall is opened for a measurement. */
export interface RollcallOptions {
  readonly facts: PhotoServerFacts
  readonly concurrency: number
  readonly auth?: 'basic' | 'ntlm'
  /** People in its directory before it starts. */
  readonly people: number
}

/** A Rollcall in a process of its own. */
export interface Rollcall {
  /** Opens a library that holds people and no photo. */
  openFresh(options: RollcallOptions): Promise<void>
  sync(options?: { addresses?: readonly string[]; readsPhotos?: boolean }): Promise<MeasuredSync>
  /** Closes the library; answers the bytes of its file. */
  closeLibrary(): Promise<number>
  end(): void
}

/** Builds it as the desktop is built, so that memory is what people have: source would bring the stripper of types along. */
export function buildRollcall(): void {
  buildSync({
    entryPoints: {
      'rollcall-process': join(import.meta.dirname, 'rollcall-process.ts'),
      'engine-worker': join(import.meta.dirname, '../../src/main/engine/engine-worker.ts'),
    },
    outdir: BUILT,
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
}

/** Starts it as `npm start` does. @param dir for its libraries; on a disk, as people have */
export function startRollcall(dir: string): Rollcall {
  const child = fork(join(BUILT, 'rollcall-process.js'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, ...HOST_ENVIRONMENT },
  })
  let opened = 0
  return {
    async openFresh({ facts, concurrency, auth = 'basic', people }) {
      opened += 1
      const dataDir = join(dir, `library-${opened}`)
      mkdirSync(dataDir, { recursive: true })
      seed(dataDir, facts.address, people)
      await tell(child, { do: 'open', facts, dataDir, concurrency, auth })
    },
    async sync({ addresses, readsPhotos = false } = {}) {
      const answer = await tell(child, { do: 'sync', addresses: addresses ?? null, readsPhotos })
      if (answer.kind !== 'synced') throw new Error('That was no sync.')
      return answer.sync
    },
    async closeLibrary() {
      const answer = await tell(child, { do: 'close' })
      return answer.kind === 'closed' ? answer.libraryBytes : 0
    },
    end: () => void child.disconnect(),
  }
}

function seed(dataDir: string, account: string, people: number): void {
  const script = join(import.meta.dirname, 'seed-library.ts')
  const ran = spawnSync(process.execPath, [script, dataDir, account, String(people)], { stdio: 'inherit' })
  if (ran.status !== 0) throw new Error('The library could not be filled with people.')
}

async function tell(child: ChildProcess, command: RollcallCommand): Promise<RollcallAnswer> {
  const over = new AbortController()
  const { signal } = over
  const heard = Promise.race([
    once(child, 'message', { signal }).then(([answer]) => answer as RollcallAnswer),
    once(child, 'exit', { signal }).then(([code]) => Promise.reject(new Error(`Rollcall ended with ${code}.`))),
  ])
  child.send(command)
  return heard.finally(() => over.abort())
}
