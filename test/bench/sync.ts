import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { InProcessEngine } from '../../src/main/engine/session-types.ts'
import { startEngine } from '../../src/main/engine/start-engine.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import { fetchFromDemo } from './demo-curl.ts'
import type { DemoFacts } from './demo-process.ts'
import { type Cost, measureChildren, measureHere, median } from './measure.ts'

const CONCURRENCY = 4
const ROUNDS = 3

/** Rollcall and curl over the same photos, from the same server, in the same run. */
export interface SyncComparison {
  readonly name: string
  readonly photos: number
  readonly rollcall: Cost
  readonly curl: Cost
}

/**
 * Compares a first sync and a re-check of everybody's largest photo with `curl --parallel`. Both keep connections, sign in
 * with Basic and have the same number of requests under way; the demo runs in a process of its own, its pictures drawn
 * before. The rounds alternate, and each figure is the median.
 */
export async function compareSyncs(people: number): Promise<SyncComparison[]> {
  const dir = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
  const { demo, child } = await startDemo(people, join(dir, 'pictures'))
  try {
    const curlDir = mkdtempSync(join(dir, 'curl-'))
    await fetchFromDemo(demo, withoutEtags(demo), CONCURRENCY, curlDir)
    const cold: [Cost, Cost][] = []
    const recheck: [Cost, Cost][] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const costs = await runRound(demo, join(dir, `round-${round}`), curlDir)
      cold.push(costs.cold)
      recheck.push(costs.recheck)
    }
    const photos = demo.addresses.length
    return [summarize('cold sync', photos, cold), summarize('re-check', photos, recheck)]
  } finally {
    child.kill('SIGTERM')
    rmSync(dir, { recursive: true, force: true })
  }
}

async function runRound(demo: DemoFacts, dataDir: string, curlDir: string) {
  const engine = await connect(demo, dataDir)
  try {
    const coldHere = await measureHere(() => syncAll(engine, demo))
    const coldCurl = await measureChildren(() => fetchFromDemo(demo, withoutEtags(demo), CONCURRENCY, curlDir))
    const known = await readEtags(engine, demo)
    const recheckHere = await measureHere(() => syncAll(engine, demo))
    const recheckCurl = await measureChildren(() => fetchFromDemo(demo, known, CONCURRENCY, curlDir))
    return { cold: [coldHere, coldCurl] as [Cost, Cost], recheck: [recheckHere, recheckCurl] as [Cost, Cost] }
  } finally {
    await engine.close()
  }
}

async function startDemo(people: number, cacheDir: string): Promise<{ demo: DemoFacts; child: ChildProcess }> {
  const script = join(import.meta.dirname, 'demo-process.ts')
  const child = spawn(process.execPath, [script, String(people), cacheDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout })) return { demo: JSON.parse(line), child }
  throw new Error('The demo did not start.')
}

async function connect(demo: DemoFacts, dataDir: string): Promise<InProcessEngine> {
  const engine = await startEngine(
    {
      dataDir,
      appInfo: { version: '0.0.0', host: 'test', canChooseFolder: false, photoBase: '/photo' },
      network: { extraCaPem: [demo.caPem], resolveRules: demo.resolveRules, dnsServer: null, concurrency: CONCURRENCY },
      secrets: 'this-run',
      logLevel: 'silent',
      open: 'nothing',
    },
    { chooseFolder: async () => null, revealFolder: async () => false, startDemo: null },
  )
  const { address, userName, password, ewsUrl } = demo
  const outcome = await engine.client.connections.start({
    address,
    userName,
    password,
    ewsUrl,
    auth: 'basic',
    isRemembered: false,
  })
  if (outcome.error) throw new Error(`The engine could not connect: ${JSON.stringify(outcome.error)}`)
  return engine
}

async function syncAll(engine: InProcessEngine, demo: DemoFacts): Promise<void> {
  const session = engine.session()
  if (!session) throw new Error('No account is open.')
  const report = await session.sync({
    addresses: demo.addresses.map((address) => smtpAddressSchema.parse(address)),
    sizeCodes: ['HR648x648'],
    ask: 'all',
    context: { signal: new AbortController().signal, setTotal: () => {}, advance: () => {}, fail: () => {} },
  })
  if (report.asked !== demo.addresses.length) throw new Error(`Only ${report.asked} were asked for.`)
  if (report.requests < report.asked || report.failed > 0)
    throw new Error(`Not all answered: ${JSON.stringify(report)}`)
}

function withoutEtags(demo: DemoFacts) {
  return demo.addresses.map((address) => ({ address, etag: null }))
}

/** The validators that the library holds, so that curl re-checks with the same ones. */
async function readEtags(engine: InProcessEngine, demo: DemoFacts) {
  const photos: { address: string; etag: string | null }[] = []
  for (const address of demo.addresses) {
    const records = await engine.client.photos.list({ address: smtpAddressSchema.parse(address) })
    photos.push({ address, etag: records.find((record) => record.sizeCode === 'HR648x648')?.etag ?? null })
  }
  return photos
}

function summarize(name: string, photos: number, rounds: readonly (readonly [Cost, Cost])[]): SyncComparison {
  return { name, photos, rollcall: middle(rounds.map(([here]) => here)), curl: middle(rounds.map(([, curl]) => curl)) }
}

function middle(costs: readonly Cost[]): Cost {
  const cpu = costs.map((cost) => cost.cpuSeconds).filter((seconds) => seconds !== null)
  return { seconds: median(costs.map((cost) => cost.seconds)), cpuSeconds: cpu.length === 0 ? null : median(cpu) }
}
