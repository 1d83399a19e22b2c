import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'

const SCRIPT = join(import.meta.dirname, '..', '..', '..', 'scripts', 'start.mjs')

let dataDir: string | null = null
let child: ChildProcess | null = null

afterEach(() => {
  child?.kill('SIGKILL')
  if (dataDir) rmSync(dataDir, { recursive: true, force: true })
})

it('npm start serves the page on 127.0.0.1, and Ctrl+C ends everything that it started', async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'rollcall-start-'))
  child = spawn(process.execPath, [SCRIPT, '--browser', '--no-open', '--demo', '--data-dir', dataDir], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const address = await readAddress(child)
  expect(address.hostname).toBe('127.0.0.1')
  const page = await fetch(address.origin)
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('<title>Rollcall</title>')
  const started = descendantsOf(child.pid ?? 0)
  expect(started.length).toBeGreaterThan(0)

  const ended = new Promise<number | null>((resolve) => child?.once('exit', resolve))
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  expect(started.filter(isRunning)).toEqual([])
  await expect(fetch(address.origin)).rejects.toThrow()
})

it('npm start refuses an option that it does not know, and lists those that it does', async () => {
  child = spawn(process.execPath, [SCRIPT, '--bowser'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  child.stdout?.on('data', (chunk) => {
    out += String(chunk)
  })
  const code = await new Promise<number | null>((resolve) => child?.once('close', resolve))
  expect(code).toBe(2)
  expect(out).toContain('--browser')
})

/** The address that is printed; fails with everything that was printed when there is none. */
function readAddress(process_: ChildProcess): Promise<URL> {
  return new Promise((resolve, reject) => {
    let printed = ''
    const read = (chunk: unknown) => {
      printed += String(chunk)
      const found = /Rollcall is at (\S+)/.exec(printed)
      if (found?.[1]) resolve(new URL(found[1]))
    }
    process_.stdout?.on('data', read)
    process_.stderr?.on('data', read)
    process_.once('exit', () => reject(new Error(printed)))
  })
}

/** Ids of everything that a process started, and what that started, on Linux; elsewhere only itself. */
function descendantsOf(pid: number): number[] {
  if (process.platform !== 'linux') return [pid]
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const parent = readParent(Number(name))
    if (parent !== null) parents.set(Number(name), parent)
  }
  const children = [...parents].filter(([, parent]) => parent === pid).map(([id]) => id)
  return children.flatMap((id) => [id, ...descendantsOf(id)])
}

function readParent(pid: number): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
  } catch {
    return null
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
