import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import { synthesizePeople } from './bench-people.ts'
import { fetchWithCurl } from './curl.ts'
import { type Cost, measureChildren, median } from './measure.ts'
import { measureLatency } from './measure-latency.ts'
import { freePort, type PhotoServerFacts, startPhotoServer } from './photo-server.ts'
import { buildRollcall, type Rollcall, startRollcall } from './rollcall-client.ts'
import type { MeasuredSync } from './rollcall-process.ts'

/** One line of the table. */
export interface Figure {
  readonly name: string
  readonly measured: string
  readonly toReach: string
  readonly isReached: boolean
}

export interface FigureOptions {
  readonly people: number
  /** For what the server serves and curl writes. */
  readonly ramDir: string
  /** For libraries. */
  readonly diskDir: string
}

/** Requests at the same time: the default of the settings. */
const CONCURRENCY = 4
const ROUNDS = 3
/** Directories beyond this are gone through once. */
const MANY_PEOPLE = 5_000
const FEW_PEOPLE = 1_000
const LATENCY_MS = 50
/** Questions that tell how late the line really is, one after the other. */
const LATENCY_PROBES = 41
const DEMO_PEOPLE = 500

/** Measures all figures in one run, each against its own measure in the same run. */
export async function measureFigures(options: FigureOptions): Promise<Figure[]> {
  buildRollcall()
  const people = synthesizePeople(Math.max(options.people, FEW_PEOPLE))
  const addresses = people.map((person) => person.address)
  const server = await startPhotoServer(mkdtempSync(join(options.ramDir, 'server-')), people)
  const bench = { ...options, facts: server.facts, addresses }
  try {
    return [
      ...(await compareWithCurl(bench)),
      ...(await withSlowLine(server.facts, (facts) => measureSlowLine(bench, facts))),
      await countHandshakes(bench),
      ...(await measureGrowth(bench)),
      ...(await measurePage(bench, 'during a sync')),
      ...(await withSlowLine(bench.facts, (facts) =>
        measurePage({ ...bench, facts }, `during a sync at ${LATENCY_MS} ms`),
      )),
    ]
  } finally {
    await server.close()
  }
}

interface Bench extends FigureOptions {
  readonly facts: PhotoServerFacts
  readonly addresses: readonly string[]
}

/** A Rollcall for some figures, with libraries that are removed afterwards. */
async function withRollcall<T>({ diskDir }: Bench, work: (rollcall: Rollcall) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(diskDir, 'rollcall-'))
  const rollcall = startRollcall(dir)
  try {
    return await work(rollcall)
  } finally {
    rollcall.end()
    rmSync(dir, { recursive: true, force: true })
  }
}

async function compareWithCurl(bench: Bench): Promise<Figure[]> {
  const { facts, people, ramDir } = bench
  const addresses = bench.addresses.slice(0, people)
  const dir = join(ramDir, 'curl')
  mkdirSync(dir)
  const curl = (into: 'files' | 'nowhere') =>
    measureChildren(() => fetchWithCurl(facts, { addresses, concurrency: CONCURRENCY, into, dir }))
  const cold: [Cost, Cost][] = []
  const recheck: [Cost, Cost][] = []
  await withRollcall(bench, async (rollcall) => {
    for (let round = 0; round < (people > MANY_PEOPLE ? 1 : ROUNDS); round += 1) {
      await rollcall.openFresh({ facts, concurrency: CONCURRENCY, people })
      cold.push([checked(await rollcall.sync(), 'new', people), await curl('files')])
      recheck.push([checked(await rollcall.sync(), 'same', people), await curl('nowhere')])
      await rollcall.closeLibrary()
    }
  })
  rmSync(dir, { recursive: true, force: true })
  return [
    atLeast(`cold sync, rate against curl's`, rateAgainst(cold), 1),
    atMost(`cold sync, processor time against curl's`, cpuAgainst(cold), 2),
    atLeast(`re-check, rate against curl's`, rateAgainst(recheck), 0.8),
  ].map((figure, index) => ({
    ...figure,
    measured: `${figure.measured} (${rates(index < 2 ? cold : recheck, people)})`,
  }))
}

/** A server whose answers come late. */
async function withSlowLine<T>(server: PhotoServerFacts, work: (facts: PhotoServerFacts) => Promise<T>): Promise<T> {
  const port = await freePort()
  const line = fork(join(import.meta.dirname, 'delay-line.ts'), [port, server.port, LATENCY_MS].map(String))
  await once(line, 'message')
  try {
    return await work({ ...server, port })
  } finally {
    line.disconnect()
  }
}

async function measureSlowLine(bench: Bench, facts: PhotoServerFacts): Promise<Figure[]> {
  const addresses = bench.addresses.slice(0, FEW_PEOPLE)
  const latencyMs = await measureLatency(facts, LATENCY_PROBES)
  const figures: Figure[] = []
  for (const concurrency of [4, 8]) {
    await withRollcall(bench, async (rollcall) => {
      await rollcall.openFresh({ facts, concurrency, people: FEW_PEOPLE })
      for (const name of ['cold sync', 're-check']) {
        const { seconds } = checked(await rollcall.sync({ addresses }), null, addresses.length)
        const bound = (addresses.length / concurrency) * (latencyMs / 1000)
        const at = `${LATENCY_MS} ms and ${concurrency} at a time`
        const figure = atLeast(`${name} at ${at}, against the bound`, bound / seconds, 0.95)
        figures.push({ ...figure, measured: `${figure.measured} (one question alone: ${latencyMs.toFixed(1)} ms)` })
      }
      await rollcall.closeLibrary()
    })
  }
  return figures
}

/** nginx speaks no NTLM: this is counted at the demo Exchange, and no time is measured. */
async function countHandshakes(bench: Bench): Promise<Figure> {
  const demo = await startDemoExchange({ people: DEMO_PEOPLE })
  const [account] = demo.accounts
  if (account === undefined) throw new Error('The demo has no account.')
  const { port, caPem, ewsUrl } = demo
  const facts = { host: new URL(ewsUrl).hostname, port, caPem, ewsUrl, ...account }
  const addresses = demo.truth().map(({ address }) => address)
  await withRollcall(bench, async (rollcall) => {
    await rollcall.openFresh({ facts, concurrency: CONCURRENCY, auth: 'ntlm', people: 0 })
    await rollcall.sync({ addresses })
    await rollcall.closeLibrary()
  })
  const handshakes = demo.requests('SignIn').filter(({ scheme }) => scheme === 'ntlm').length
  const connections = demo.connections()
  await demo.close()
  return {
    name: `NTLM handshakes for ${addresses.length} photos`,
    measured: `${handshakes} on ${connections} connections`,
    toReach: '≤ connections + 1',
    isReached: handshakes <= connections + 1,
  }
}

/** The last of some syncs of few people, so that the code is as warm as it is with many. */
async function measureGrowth(bench: Bench): Promise<Figure[]> {
  const { facts, people } = bench
  const sync = (count: number, rounds: number) =>
    withRollcall(bench, async (rollcall) => {
      let last: { sync: MeasuredSync; libraryBytes: number } | null = null
      for (let round = 0; round < rounds; round += 1) {
        await rollcall.openFresh({ facts, concurrency: CONCURRENCY, people: count })
        const measured = checked(await rollcall.sync(), 'new', count)
        last = { sync: measured, libraryBytes: await rollcall.closeLibrary() }
      }
      if (last === null) throw new RangeError('No rounds.')
      return last
    })
  const few = await sync(FEW_PEOPLE, ROUNDS)
  const many = await sync(people, 1)
  const costMs = ({ cpuSeconds, report }: MeasuredSync) => (cpuSeconds * 1000) / report.asked
  const memory = `${megabytes(many.sync.peakBytes)} MB, at ${FEW_PEOPLE} ${megabytes(few.sync.peakBytes)} MB`
  return [
    atMost(`processor time a photo at ${people} against ${FEW_PEOPLE}`, costMs(many.sync) / costMs(few.sync), 1.1),
    {
      name: `memory of the whole process at ${people}`,
      measured: `${(many.sync.peakBytes / few.sync.peakBytes).toFixed(2)} × (${memory})`,
      toReach: `≤ 2 × and < 250 MB`,
      isReached: many.sync.peakBytes <= 2 * few.sync.peakBytes && many.sync.peakBytes < 250_000_000,
    },
    atMost('database bytes over photo bytes', many.libraryBytes / many.sync.report.bytesReceived, 1.1),
  ]
}

/** A page that reads photos all the time while everything syncs. */
async function measurePage(bench: Bench, during: string): Promise<Figure[]> {
  const people = Math.min(bench.people, MANY_PEOPLE)
  return withRollcall(bench, async (rollcall) => {
    await rollcall.openFresh({ facts: bench.facts, concurrency: CONCURRENCY, people })
    const { hostDelayMs, photoReadMs, photoReads } = checked(await rollcall.sync({ readsPhotos: true }), 'new', people)
    await rollcall.closeLibrary()
    const read = photoReadMs ?? Number.POSITIVE_INFINITY
    return [
      inTime(`event-loop delay of the host ${during}, p99`, hostDelayMs, 10, ''),
      inTime(`one photo read for the page ${during}, p99`, read, 5, ` of ${photoReads}`),
    ]
  })
}

/** Whether everything was asked for, and came to what it had to. */
function checked(sync: MeasuredSync, outcome: 'new' | 'same' | null, photos: number): MeasuredSync {
  const { report } = sync
  if (report.asked !== photos || report.failed > 0 || (outcome !== null && report[outcome] !== photos)) {
    throw new Error(`Not all was answered as it had to be: ${JSON.stringify(report)}`)
  }
  return sync
}

/** Ratios of each round, and the one in the middle: the rounds lie next to each other in time, so that both had the same machine. */
function rateAgainst(rounds: readonly (readonly [Cost, Cost])[]): number {
  return median(rounds.map(([here, there]) => there.seconds / here.seconds))
}

function cpuAgainst(rounds: readonly (readonly [Cost, Cost])[]): number {
  return median(rounds.map(([here, there]) => (here.cpuSeconds ?? Number.NaN) / (there.cpuSeconds ?? Number.NaN)))
}

function rates(rounds: readonly (readonly [Cost, Cost])[], photos: number): string {
  const side = (cost: (round: readonly [Cost, Cost]) => Cost) => {
    const seconds = median(rounds.map((round) => cost(round).seconds))
    const cpu = median(rounds.map((round) => cost(round).cpuSeconds ?? Number.NaN))
    return `${Math.round(photos / seconds)} photos/s, ${((cpu * 1000) / photos).toFixed(2)} ms a photo`
  }
  return `${side(([here]) => here)}; curl ${side(([, there]) => there)}`
}

function atLeast(name: string, ratio: number, bound: number): Figure {
  return { name, measured: `${ratio.toFixed(2)} ×`, toReach: `≥ ${bound} ×`, isReached: ratio >= bound }
}

function atMost(name: string, ratio: number, bound: number): Figure {
  return { name, measured: `${ratio.toFixed(2)} ×`, toReach: `≤ ${bound} ×`, isReached: ratio <= bound }
}

function inTime(name: string, ms: number, boundMs: number, more: string): Figure {
  return { name, measured: `${ms.toFixed(1)} ms${more}`, toReach: `≤ ${boundMs} ms`, isReached: ms <= boundMs }
}

function megabytes(bytes: number): string {
  return String(Math.round(bytes / 1_000_000))
}
