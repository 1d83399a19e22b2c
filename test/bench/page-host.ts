import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** Rollcall in its browser mode, in a process of its own. */
export interface PageHost {
  /** The address to open; its key works once. */
  readonly url: string
  /** Ends the process and waits for that. */
  end(): Promise<void>
}

/** Makes a data folder whose library has so many people, with a photo of each, and an account whose server is away. */
export function seedPageLibrary(dataDir: string, people: number): void {
  mkdirSync(dataDir, { recursive: true })
  const script = join(import.meta.dirname, 'seed-page-library.ts')
  const ran = spawnSync(process.execPath, [script, dataDir, String(people)], { stdio: 'inherit' })
  if (ran.status !== 0) throw new Error('The library could not be filled with people.')
}

/** Starts Rollcall in a data folder. */
export async function startPageHost(dataDir: string): Promise<PageHost> {
  const child = fork(join(import.meta.dirname, 'page-process.ts'), [dataDir], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const exited = once(child, 'exit')
  const url = await Promise.race([
    once(child, 'message').then(([address]) => String(address)),
    exited.then(([code]) => Promise.reject(new Error(`Rollcall ended with ${code}.`))),
  ])
  return {
    url,
    async end() {
      child.disconnect()
      await exited
    },
  }
}
