import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import { ensureBuild } from '../../../scripts/setup/build.mjs'
import type { DesktopCommand } from './desktop-commands.ts'
import type { Recorded } from './recorder.ts'

const PROJECT_DIR = join(import.meta.dirname, '..', '..', '..')

/** The built desktop app, running in plain Node over the stand-in for Electron. */
export interface RunningDesktop {
  ask(command: DesktopCommand): Promise<unknown>
  /** What the app asked of Electron under this name, in order. */
  recorded(what: string): Promise<unknown[]>
  /** Resolves with the exit code when the process has ended. */
  readonly ended: Promise<number | null>
  /** Everything that was written to stdout and stderr. */
  output(): string
  kill(): void
}

/** Starts it, built freshly if need be. */
export async function runDesktop(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<RunningDesktop> {
  const { isGood, story } = await ensureBuild()
  if (!isGood) throw new Error(`the build failed:\n${story}`)
  const child = fork(join(PROJECT_DIR, 'out', 'main', 'index.js'), [...args], {
    execArgv: ['--import', join(import.meta.dirname, 'register.ts')],
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let written = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => (written += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code))
  })
  const ask = createAsking(child, ended, () => written)
  return {
    ask,
    async recorded(what) {
      const records = (await ask({ do: 'list-records' })) as Recorded[]
      return records.filter((entry) => entry.what === what).map(({ detail }) => detail)
    },
    ended,
    output: () => written,
    kill: () => child.kill('SIGKILL'),
  }
}

function createAsking(child: ChildProcess, ended: Promise<number | null>, written: () => string) {
  type Answer = { id?: number; value?: unknown; error?: string }
  const waiting = new Map<number, (answer: Answer) => void>()
  let lastId = 0
  child.on('message', (answer: Answer) => {
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer)
  })
  return async (command: DesktopCommand): Promise<unknown> => {
    lastId += 1
    const id = lastId
    const answered = new Promise<Answer>((resolve) => {
      waiting.set(id, resolve)
    })
    child.send({ id, command })
    const gone = ended.then((code): Answer => ({ error: `the app ended with code ${code}:\n${written()}` }))
    const { value, error } = await Promise.race([answered, gone])
    if (error !== undefined) throw new Error(error)
    return value
  }
}
