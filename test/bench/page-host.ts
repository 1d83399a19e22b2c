import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { COMMAND_LINE } from '../../scripts/setup/build.mjs'
import { HOST_ENVIRONMENT } from '../../scripts/setup/host-environment.mjs'

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

/** Starts Rollcall in a data folder, as `npm start` does once all is built. */
export async function startPageHost(dataDir: string): Promise<PageHost> {
  const child = spawn(process.execPath, [COMMAND_LINE, '--json', '--data-dir', dataDir, 'serve'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...HOST_ENVIRONMENT },
  })
  const exited = once(child, 'exit')
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exited.then(([code]) => Promise.reject(new Error(`Rollcall ended with ${code}.`))),
  ])
  return {
    url: startedSchema.parse(JSON.parse(line)).url,
    async end() {
      child.kill('SIGTERM')
      await exited
    },
  }
}

const startedSchema = z.object({ url: z.url() })
