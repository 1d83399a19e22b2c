import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from 'playwright'
import { ensureBrowser } from '../../scripts/setup/browser.mjs'
import { ensureBuildOrExit } from '../../scripts/setup/build.mjs'
import type { Figure } from './figures.ts'
import { median } from './measure.ts'
import {
  fling,
  moveSlider,
  type Smoothness,
  scrollFor,
  selectAndFilter,
  timeOf,
  typeTexts,
  whenWhole,
} from './page-actions.ts'
import { type PageHost, seedPageLibrary, startPageHost } from './page-host.ts'
import { installProbe } from './page-probe.ts'

export interface PageBenchOptions {
  readonly people: number
  /** For the libraries; removed by the caller. */
  readonly dir: string
  /** How long the page is used before its heap is measured again. */
  readonly heapMinutes: number
}

/** Four rows of faces, and twelve faces a row, at the usual size of the faces. */
const WINDOWS = [
  { name: '4 rows', viewport: { width: 1280, height: 860 } },
  { name: '12 columns', viewport: { width: 1900, height: 1080 } },
] as const
const COLOR_SCHEMES = ['light', 'dark'] as const
const FEW_PEOPLE = 1_000
const STARTS = 3
const LONGEST_WAIT_MS = 180_000

/** The figures of the page, each in every window, light and dark, where that can make a difference. */
export async function benchPage(options: PageBenchOptions): Promise<Figure[]> {
  await ensureBuildOrExit()
  const executablePath = await ensureBrowser('the bench of the page')
  if (executablePath === null) throw new Error('There is no Chromium, Chrome or Edge on this machine.')
  const isRoot = process.getuid?.() === 0
  const browser = await chromium.launch({ executablePath, args: isRoot ? ['--no-sandbox'] : [] })
  const many = join(options.dir, 'many')
  const few = join(options.dir, 'few')
  try {
    seedPageLibrary(many, options.people)
    seedPageLibrary(few, FEW_PEOPLE)
    console.log(`  libraries with ${options.people} and ${FEW_PEOPLE} people: made`)
    return [
      ...told(await measureStarts(browser, many, few)),
      ...(await measureUse(browser, many)),
      ...told([await measureHeap(browser, many, options.heapMinutes)]),
    ]
  } finally {
    await browser.close()
    for (const folder of [many, few]) rmSync(folder, { recursive: true, force: true })
  }
}

/** Says what was measured as soon as it is: the whole takes minutes. */
function told(figures: Figure[]): Figure[] {
  for (const { name, measured, isReached } of figures)
    console.log(`  ${name}: ${measured}${isReached ? '' : ' (missed)'}`)
  return figures
}

type Window = { viewport: { width: number; height: number }; colorScheme: 'light' | 'dark' }

/** Opens the page in a context of its own, as if for the first time. */
async function openPage(browser: Browser, { url }: PageHost, window: Window): Promise<[Page, BrowserContext]> {
  const context = await browser.newContext({ ...window, locale: 'en-GB' })
  const page = await context.newPage()
  // A machine that is busy with other things is slow, which is no reason to end.
  page.setDefaultTimeout(LONGEST_WAIT_MS)
  await page.addInitScript(installProbe)
  await page.goto(url)
  await whenWhole(page)
  return [page, context]
}

/** From the start of Rollcall's process, the browser being open, to faces that can be clicked. */
async function measureStarts(browser: Browser, many: string, few: string): Promise<Figure[]> {
  const start = async (dataDir: string) => {
    const startMs = performance.now()
    const host = await startPageHost(dataDir)
    const [, context] = await openPage(browser, host, { viewport: WINDOWS[0].viewport, colorScheme: 'light' })
    const tookMs = performance.now() - startMs
    await context.close()
    await host.end()
    return tookMs
  }
  const took: { many: number; few: number }[] = []
  for (let round = 0; round < STARTS; round += 1) took.push({ few: await start(few), many: await start(many) })
  const manyMs = median(took.map((round) => round.many))
  const fewMs = median(took.map((round) => round.few))
  return [
    inTime('start to usable grid', manyMs, 1_500),
    {
      name: `start against one with ${FEW_PEOPLE} people`,
      measured: `${(manyMs / fewMs).toFixed(2)} × (${Math.round(fewMs)} ms)`,
      toReach: '≤ 1.2 ×',
      isReached: manyMs <= 1.2 * fewMs,
    },
  ]
}

async function measureUse(browser: Browser, dataDir: string): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const { name, viewport } of WINDOWS) {
    for (const colorScheme of COLOR_SCHEMES) {
      // The size of the faces that the last one ended with must not be what this one begins with.
      rmSync(join(dataDir, 'settings.json'), { force: true })
      const host = await startPageHost(dataDir)
      const [page, context] = await openPage(browser, host, { viewport, colorScheme })
      figures.push(...told(await measureWindow(page, context, `${name}, ${colorScheme}`)))
      await context.close()
      await host.end()
    }
  }
  return figures
}

async function measureWindow(page: Page, context: BrowserContext, name: string): Promise<Figure[]> {
  const keys = await typeTexts(page)
  const { all, invert, filter } = await selectAndFilter(page)
  const flung = await fling(page, await context.newCDPSession(page))
  const slid = await moveSlider(page)
  const sorted = keys.toSorted((a, b) => a - b)
  const p95Ms = sorted[Math.floor(sorted.length * 0.95)] ?? Number.POSITIVE_INFINITY
  return [
    inTime(`key to painted results, p95 (p50 ${Math.round(median(keys))} ms)`, p95Ms, 50),
    inTime('select all', all, 100),
    inTime('invert', invert, 100),
    inTime('filter', filter, 100),
    inTime('flinging: longest task', flung.longestTaskMs, 50),
    atMost(
      'flinging: late frames',
      flung.lateShare * 100,
      1,
      ' %',
      ` at ${Math.round(flung.framesPerSecond)} frames/s`,
    ),
    inTime('flinging: longest blank row', flung.longestBlankMs, 100),
    ...describeSlider(slid),
  ].map((figure) => ({ ...figure, name: `${name}: ${figure.name}` }))
}

function describeSlider({ framesPerSecond, flashes, fetchedAgain }: Smoothness): Figure[] {
  return [
    {
      name: 'size slider',
      measured: `${Math.round(framesPerSecond)} frames/s`,
      toReach: '≥ 30 frames/s',
      isReached: framesPerSecond >= 30,
    },
    atMost('size slider: photos fetched again', fetchedAgain, 0, ''),
    atMost('size slider: frames with a face gone', flashes, 0, ''),
  ]
}

/** Uses the page for some time; its heap at two fifths of that, when what is kept at hand is full, against the end. */
async function measureHeap(browser: Browser, dataDir: string, minutes: number): Promise<Figure> {
  const host = await startPageHost(dataDir)
  const [page, context] = await openPage(browser, host, { viewport: WINDOWS[1].viewport, colorScheme: 'light' })
  const cdp = await context.newCDPSession(page)
  const useFor = async (durationMs: number) => {
    const endMs = performance.now() + durationMs
    do await useOnce(page, cdp)
    while (performance.now() < endMs)
    await cdp.send('HeapProfiler.collectGarbage')
    return (await cdp.send('Runtime.getHeapUsage')).usedSize
  }
  const before = await useFor(minutes * 60_000 * 0.4)
  const after = await useFor(minutes * 60_000 * 0.6)
  await context.close()
  await host.end()
  const growth = (after / before - 1) * 100
  const more = ` (${(before / 1e6).toFixed(1)} → ${(after / 1e6).toFixed(1)} MB)`
  return atMost(`growth of the page’s heap in ${minutes} min of use`, growth, 5, ' %', more)
}

/** What somebody does all day: search, scroll, look at people, select, group, show as a table, and back. */
async function useOnce(page: Page, cdp: CDPSession): Promise<void> {
  await page.keyboard.press('Control+f')
  for (const key of [...'anna', 'Escape']) {
    await timeOf(page, 'answered', () => page.keyboard.press(key))
  }
  await scrollFor(page, cdp)
  await page.keyboard.press('Control+Home')
  await whenWhole(page)
  await page.keyboard.press('Enter')
  await page.getByRole('article').waitFor()
  for (const key of ['ArrowRight', 'ArrowDown', 'ArrowRight', 'Escape']) await page.keyboard.press(key)
  await page.keyboard.press('Space')
  for (const key of ['ArrowRight', 'ArrowRight', 'Escape']) await page.keyboard.press(key)
  await page.locator('[data-quick-look]').waitFor({ state: 'detached' })
  for (const key of ['Control+a', 'Control+Shift+A', 'Control+g', 'End', 'Home', 'Control+g']) {
    await page.keyboard.press(key)
  }
  await whenWhole(page)
}

function inTime(name: string, ms: number, boundMs: number): Figure {
  return atMost(name, ms, boundMs, ' ms')
}

function atMost(name: string, value: number, bound: number, unit: string, more = ''): Figure {
  const words = value < 10 && unit !== '' ? value.toFixed(1) : String(Math.round(value))
  return {
    name,
    measured: `${words}${unit}${more}`,
    toReach: bound === 0 ? 'none' : `≤ ${bound}${unit}`,
    isReached: value <= bound,
  }
}
