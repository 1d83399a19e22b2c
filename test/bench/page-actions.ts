import type { CDPSession, Page } from 'playwright'
import type { Recording } from './page-probe.ts'

/** Texts that are typed letter by letter, and given up again letter by letter. */
const TYPED = ['anna.s', 'muller', 'jo berlin', 'sales man', 'zzyzx', 'o'] as const

/** Keys of somebody who types fast come this far apart; before that the next one waits for the answer to the last. */
const KEY_EVERY_MS = 120

const FLINGS = 5
const FLING_PX = 20_000
const FLING_PX_PER_S = 20_000
/** The thumb of the scrollbar is dragged through everybody in this time. */
const DRAG_MS = 5_000
/** A pointer tells of itself this often. */
const MOVE_MS = 8
/** The slider goes from one end to the other in this time. */
const SLIDE_MS = 2_000
/** Frames that end later than this are late: they missed their turn at 60 a second. */
const LATE_MS = 25

/** What a recording comes to. */
export interface Smoothness {
  readonly framesPerSecond: number
  readonly lateShare: number
  readonly longestTaskMs: number
  readonly longestBlankMs: number
  readonly flashes: number
  readonly fetchedAgain: number
}

/** Types and takes back every text: ms from each key to its painted results. The index is whole before. */
export async function typeTexts(page: Page): Promise<number[]> {
  const durations: number[] = []
  await departments(page).waitFor()
  await page.keyboard.press('Control+f')
  for (const text of TYPED) {
    for (const key of [...text, ...Array.from(text, () => 'Backspace')]) {
      const tookMs = await timeOf(page, 'answered', () => page.keyboard.press(key))
      durations.push(tookMs)
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, KEY_EVERY_MS - tookMs)))
    }
  }
  await page.keyboard.press('Escape')
  return durations
}

/** How long it takes from what is done until it is seen, ms. */
export async function timeOf(page: Page, isThere: string, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate((condition) => window.benchProbe.arm(condition), isThere)
  await act()
  return page.evaluate(() => window.benchProbe.measured())
}

async function middleOfGrid(page: Page): Promise<{ x: number; y: number }> {
  const grid = await page.getByRole('grid').boundingBox()
  if (grid === null) throw new Error('There is no grid.')
  return { x: Math.round(grid.x + grid.width / 2), y: Math.round(grid.y + grid.height / 2) }
}

/** A filter that has a count. */
function departments(page: Page) {
  return page.locator('aside').getByRole('region', { name: 'Department' }).getByRole('button').first()
}

/** Scrolls a few screens on. */
export async function scrollFor(page: Page, cdp: CDPSession): Promise<void> {
  const gesture = { ...(await middleOfGrid(page)), yDistance: -FLING_PX / 4, speed: FLING_PX_PER_S / 4 }
  await cdp.send('Input.synthesizeScrollGesture', { ...gesture, gestureSourceType: 'mouse' })
}

/** Flings with the wheel, then drags the scrollbar from the first to the last and back: ten seconds. */
export async function fling(page: Page, cdp: CDPSession): Promise<Smoothness> {
  await page.evaluate(() => document.querySelector('[role="grid"]')?.scrollTo({ top: 0 }))
  await whenWhole(page)
  const at = await middleOfGrid(page)
  return recorded(page, async () => {
    for (let turn = 0; turn < FLINGS; turn += 1) {
      const yDistance = turn % 3 === 2 ? FLING_PX : -FLING_PX
      await cdp.send('Input.synthesizeScrollGesture', {
        ...at,
        yDistance,
        speed: FLING_PX_PER_S,
        gestureSourceType: 'mouse',
      })
    }
    await page.evaluate(dragScrollbar, [DRAG_MS, MOVE_MS] as const)
    await whenWhole(page)
  })
}

/**
 * Runs in the page. Headless browsers have no scrollbar to take hold of: this is what dragging one does to an element. It moves
 * between frames, as a pointer does, so that each frame begins by telling the page where it is.
 */
async function dragScrollbar([durationMs, moveMs]: readonly [number, number]): Promise<void> {
  const grid = document.querySelector('[role="grid"]')
  if (grid === null) throw new Error('There is no grid.')
  const startMs = performance.now()
  const farthestPx = grid.scrollHeight - grid.clientHeight
  for (let share = 0; share < 2; ) {
    await new Promise((resolve) => setTimeout(resolve, moveMs))
    share = Math.min(2, (2 * (performance.now() - startMs)) / durationMs)
    grid.scrollTop = farthestPx * (share < 1 ? share : 2 - share)
  }
}

/** Drags the size slider from one end to the other and back. */
export async function moveSlider(page: Page): Promise<Smoothness> {
  const slider = page.locator('footer input[type="range"]')
  const box = await slider.boundingBox()
  if (box === null) throw new Error('There is no slider.')
  await slider.focus()
  await page.keyboard.press('Home')
  await whenWhole(page)
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + 2, y)
  await page.mouse.down()
  const smoothness = await recorded(page, async () => {
    const startMs = performance.now()
    for (let way = 0; way < 2; ) {
      way = Math.min(2, (performance.now() - startMs) / SLIDE_MS)
      await page.mouse.move(box.x + 2 + (way < 1 ? way : 2 - way) * (box.width - 4), y)
    }
  })
  await page.mouse.up()
  await page.keyboard.press('Control+0')
  await whenWhole(page)
  return smoothness
}

/** Everybody, everybody but one turned round, nobody, and a filter: ms from the key or the click to what is painted. */
export async function selectAndFilter(page: Page): Promise<Record<'all' | 'invert' | 'filter', number>> {
  await whenWhole(page)
  await page.locator('[data-index="0"]').click()
  const invert = await timeOf(page, 'one-less', () => page.keyboard.press('Control+i'))
  await page.keyboard.press('Control+Shift+A')
  const all = await timeOf(page, 'selected', () => page.keyboard.press('Control+a'))
  const allInverted = await timeOf(page, 'nobody-selected', () => page.keyboard.press('Control+i'))
  const filter = await timeOf(page, 'filtered', () => departments(page).click())
  await page.locator('footer').getByRole('button', { name: 'Reset' }).click()
  await whenWhole(page)
  return { all, invert: Math.max(invert, allInverted), filter }
}

async function recorded(page: Page, act: () => Promise<void>): Promise<Smoothness> {
  await page.evaluate(() => window.benchProbe.start())
  await act()
  return summarize(await page.evaluate(() => window.benchProbe.stop()))
}

function summarize({ frameMs, longTaskMs, longestBlankMs, flashes, fetchedAgain }: Recording): Smoothness {
  const durationMs = frameMs.reduce((sum, ms) => sum + ms, 0)
  return {
    framesPerSecond: (frameMs.length * 1_000) / durationMs,
    lateShare: frameMs.filter((ms) => ms > LATE_MS).length / frameMs.length,
    longestTaskMs: Math.max(0, ...longTaskMs),
    longestBlankMs,
    flashes,
    fetchedAgain,
  }
}

/** Waits until everybody on screen has a name and a face. */
export async function whenWhole(page: Page): Promise<void> {
  await page.waitForFunction(() => window.benchProbe.isWhole(), undefined, { polling: 'raf' })
}
