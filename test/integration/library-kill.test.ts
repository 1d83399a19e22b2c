import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { type DemoExchange, startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import { libraryFile } from '../../src/main/store/library-file.ts'
import { openLibrary } from '../../src/main/store/open-library.ts'
import { type SizeCode, sizeCodeSchema } from '../../src/shared/size-codes.ts'
import { silentLog } from '../support/manual-clock.ts'
import { addressOf } from '../support/photo-records.ts'

const IS_LONG = process.env['ROLLCALL_TEST_LONG'] !== undefined
const KILLS = IS_LONG ? 220 : 20
const CHILD = fileURLToPath(new URL('../support/sync-child.ts', import.meta.url))
const SIZE_CODES: readonly SizeCode[] = IS_LONG
  ? ['HR48x48', 'HR64x64', 'HR96x96', 'HR120x120']
  : ['HR48x48', 'HR64x64']

const lineSchema = z.union([
  z.tuple([z.literal('stored'), z.string(), sizeCodeSchema, z.string().nullable()]),
  z.tuple([z.literal('done'), z.object({ asked: z.number(), failed: z.number(), earlier: z.number() })]),
])

type Report = { asked: number; failed: number; earlier: number }

let demo: DemoExchange
let dataDir: string
beforeAll(async () => {
  demo = await startDemoExchange({ people: IS_LONG ? 4_000 : 1_000, schemes: ['basic'] })
  demo.script.setLatencyMs(8)
  dataDir = mkdtempSync(join(tmpdir(), 'rollcall-kill-'))
})
afterAll(async () => {
  await demo?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

/** Photos that some child was told are stored: `size address` → hash, null for "no photo". */
const stored = new Map<string, string | null>()

/** Runs a child; kills it `delayMs` after it told of `photos` photos (null: lets it end). Answers its report, null when it was killed. */
async function runChild(kill: { photos: number; delayMs: number } | null): Promise<Report | null> {
  const [user] = demo.accounts
  if (user === undefined) throw new Error('the demo has nobody who can sign in')
  const { ewsUrl, caPem, resolveRules } = demo
  const addresses = demo.people.filter(({ kind }) => kind !== 'list').map((person) => person.address)
  const start = { dataDir, ...user, ewsUrl, caPem, resolveRules, addresses, sizeCodes: SIZE_CODES }
  const child = spawn(process.execPath, [CHILD, JSON.stringify(start)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Otherwise most of the time goes into compiling the same source twenty times.
    env: { ...process.env, NODE_COMPILE_CACHE: join(dataDir, 'compiled') },
  })
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()))
  let stderr = ''
  let rest = ''
  let told = 0
  let report: Report | null = null
  const shoot = async (delayMs: number): Promise<void> => {
    await wait(delayMs)
    child.kill('SIGKILL')
  }
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      const said = lineSchema.parse(JSON.parse(line))
      if (said[0] === 'done') report = said[1]
      else stored.set(`${said[2]} ${said[1]}`, said[3])
      told += 1
      if (kill !== null && told === kill.photos) void shoot(kill.delayMs)
    }
  })
  if (kill?.photos === 0) void shoot(kill.delayMs)
  await ended
  if (stderr !== '') throw new Error(stderr)
  return report
}

function openIt() {
  const [user] = demo.accounts
  const opened = openLibrary(libraryFile(dataDir, addressOf(user?.address ?? '')), { log: silentLog })
  if (!opened.ok) throw new Error(JSON.stringify(opened.error))
  return opened.value
}

function listInterrupted() {
  const { plans, close } = openIt()
  try {
    return plans.list()
  } finally {
    close()
  }
}

/** The file as the next start would find it: sound, and with everything that was told. */
function inspect(): void {
  const { photos, upkeep, close } = openIt()
  try {
    expect(upkeep.check()).toEqual([])
    const lost = [...stored].filter(([key, contentHash]) => {
      const [sizeCode, address] = key.split(' ')
      const held = photos.find(addressOf(address ?? ''), sizeCodeSchema.parse(sizeCode))
      if (held === null || held.record.contentHash !== contentHash) return true
      return contentHash !== null && photos.readBytes(contentHash) === null
    })
    expect(lost).toEqual([])
  } finally {
    close()
  }
}

it('a sync that is killed at any moment loses nothing that it told, goes on where it was, and never asks again for what it has', {
  timeout: 1_800_000,
}, async () => {
  for (let kill = 0; kill < KILLS; kill += 1) {
    const known = new Set(stored.keys())
    demo.clearRequests()
    // Now and then before the first photo: while it opens the library, signs in, or makes the first transaction.
    const isEarly = kill % 5 === 4
    const photos = isEarly ? 0 : 1 + Math.floor(Math.random() * 20)
    expect(await runChild({ photos, delayMs: Math.random() * (isEarly ? 1_200 : 30) })).toBeNull()
    if (stored.size > 0) inspect()
    const again = demo.requests('GetUserPhoto').filter(({ address, sizeCode }) => known.has(`${sizeCode} ${address}`))
    expect(again).toEqual([])
  }
  const known = new Set(stored.keys())
  demo.clearRequests()
  const report = await runChild(null)
  inspect()
  const asked = demo.requests('GetUserPhoto').map(({ address, sizeCode }) => `${sizeCode} ${address}`)
  expect(asked.filter((key) => known.has(key))).toEqual([])
  expect(new Set(asked).size).toBe(asked.length)
  const people = demo.people.filter(({ kind }) => kind !== 'list')
  const all = people.length * SIZE_CODES.length
  // A photo that was stored a moment before a kill, but not told any more, is not asked for again either.
  expect(report).toEqual({ asked: all, failed: 0, earlier: all - asked.length })
  expect(asked.length).toBeLessThanOrEqual(all - known.size)
  expect(listInterrupted()).toEqual([])
})
