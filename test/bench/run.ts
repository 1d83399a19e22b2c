// `npm run bench`: what Rollcall costs. The figures of docs/benchmarks.md against nginx and curl, then the first sync and
// the re-check of the demo organisation against curl, then what a keystroke costs among 100,000 people, and what the page does
// with them in Chromium. `--minutes`: how long the page is used before its heap is measured again.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensurePackages } from '../../scripts/setup/system-packages.mjs'
import { benchDirectory } from './directory.ts'
import { type Figure, measureFigures } from './figures.ts'
import { benchPage } from './page.ts'
import { nginxVersion } from './photo-server.ts'
import { benchSearch } from './search.ts'
import { compareSyncs, type SyncComparison } from './sync.ts'

/** Linux keeps this in memory; elsewhere the system's folder for temporary files has to do. */
const RAM_DISK = '/dev/shm'
const DEMO_PEOPLE = 2_000
const FIGURES_PEOPLE = 1_000
const PAGE_PEOPLE = 100_000

const { values } = parseArgs({
  options: {
    people: { type: 'string' },
    only: { type: 'string', default: '' },
    minutes: { type: 'string', default: '0.5' },
  },
})
if (values.only === '' || values.only === 'figures') await tellFigures(Number(values.people ?? FIGURES_PEOPLE))
if (values.only === '' || values.only === 'demo') {
  for (const comparison of await compareSyncs(DEMO_PEOPLE)) console.log(describe(comparison))
}
if (values.only === '' || values.only === 'search') await benchSearch()
if (values.only === '' || values.only === 'directory') await benchDirectory()
if (values.only === '' || values.only === 'page') await tellPage()

async function tellFigures(people: number): Promise<void> {
  if (nginxVersion() === null) await ensurePackages(['nginx-light'], 'the server of the figures')
  const version = nginxVersion()
  if (version === null) {
    console.log('There is no nginx on this machine, so the figures against it are left out.')
    return
  }
  const ramDir = mkdtempSync(join(existsSync(RAM_DISK) ? RAM_DISK : tmpdir(), 'rollcall-bench-'))
  const diskDir = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
  try {
    const figures = await measureFigures({ people, ramDir, diskDir })
    console.log(`${people} people, nginx ${version}, Node.js ${process.versions.node}\n`)
    console.log(table(figures))
  } finally {
    for (const dir of [ramDir, diskDir]) rmSync(dir, { recursive: true, force: true })
  }
}

async function tellPage(): Promise<void> {
  const people = Number(values.people ?? PAGE_PEOPLE)
  const dir = mkdtempSync(join(tmpdir(), 'rollcall-bench-'))
  try {
    const figures = await benchPage({ people, dir, heapMinutes: Number(values.minutes) })
    console.log(`\nthe page, ${people} people in the library, Node.js ${process.versions.node}\n`)
    console.log(table(figures))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ name, measured, toReach, isReached }) => `| ${name} | ${measured} | ${toReach} | ${isReached ? 'yes' : 'no'} |`,
  )
  return ['| figure | measured | to reach | reached |', '|---|---|---|---|', ...rows, ''].join('\n')
}

function describe({ name, photos, rollcall, curl }: SyncComparison): string {
  const rate = (seconds: number) => `${Math.round(photos / seconds)} photos/s`
  const speed = (curl.seconds / rollcall.seconds).toFixed(2)
  const cpu =
    rollcall.cpuSeconds === null || curl.cpuSeconds === null
      ? ''
      : `; CPU a photo ${perPhotoMs(rollcall.cpuSeconds, photos)} ms, curl ${perPhotoMs(curl.cpuSeconds, photos)} ms, ` +
        `${(rollcall.cpuSeconds / curl.cpuSeconds).toFixed(2)} × curl`
  return `demo, ${name}, ${photos} photos: ${rate(rollcall.seconds)}, curl ${rate(curl.seconds)}, ${speed} × curl${cpu}`
}

function perPhotoMs(cpuSeconds: number, photos: number): string {
  return ((cpuSeconds * 1000) / photos).toFixed(2)
}
