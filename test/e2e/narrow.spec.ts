import type { Locator, Page } from '@playwright/test'
import { DIALOGS, faceOf, goTo, PLACES } from './places.ts'
import { expect, test } from './shared-app.ts'

/** Windows of 900 × 600 and 1280 × 800 at 200 % zoom, in CSS px. */
const ZOOMED = [
  { width: 450, height: 300 },
  { width: 640, height: 400 },
] as const
const [SMALLEST] = ZOOMED
/** Every dialog takes minutes: `npm run test:long` opens all of them. */
const isLong = process.env['ROLLCALL_TEST_LONG'] !== undefined
const OPENED = isLong ? Object.keys(DIALOGS) : ['export', 'connect', 'library']

/** What reaches beyond the sides of the window. */
function beyondTheSides(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const wide = [document.scrollingElement, document.getElementById('root')].filter(
      (element) => element !== null && element.scrollWidth > element.clientWidth,
    )
    const outside = [...document.querySelectorAll('header button, footer button, [role=search] input')].filter(
      (element) => {
        const { left, right, width } = element.getBoundingClientRect()
        return width > 0 && (left < 0 || right > innerWidth)
      },
    )
    return [...wide, ...outside].map((element) => element?.outerHTML.slice(0, 120) ?? '')
  })
}

/** Scrolls to it as a person can: what hides its overflow cannot be scrolled by hand, though a program can. */
async function expectWithinReach(target: Locator): Promise<void> {
  // What is above it may still grow, by the answers that it waits for.
  await expect(async () => {
    await target.scrollIntoViewIfNeeded()
    expect(await placeOf(target)).toEqual({ isWhole: true, isOnTop: true, moved: 0 })
  }).toPass()
}

function placeOf(target: Locator) {
  return target.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    const there = document.elementFromPoint(left + width / 2, top + height / 2)
    let moved = document.scrollingElement?.scrollTop ?? 0
    for (let parent = element.parentElement; parent !== null; parent = parent.parentElement) {
      if (getComputedStyle(parent).overflowY === 'hidden') moved += parent.scrollTop
    }
    const isWhole = left >= 0 && top >= 0 && left + width <= innerWidth && top + height <= innerHeight
    return { isWhole, isOnTop: there !== null && element.contains(there), moved }
  })
}

for (const viewport of ZOOMED) {
  test(`nothing lies beside a window of ${viewport.width} × ${viewport.height}, and there is room for people`, async ({
    page,
    shared,
  }) => {
    test.setTimeout(600_000)
    await page.setViewportSize(viewport)
    for (const place of isLong ? Object.keys(PLACES) : ['table', 'person card']) {
      const open = PLACES[place]
      // Its filters are shown when asked for.
      if (open === undefined || place === 'filters hide all') continue
      await test.step(place, async () => {
        await goTo(page, shared, open)
        expect(await beyondTheSides(page)).toEqual([])
        await shared.app.engine.client.settings.update({ appearance: { view: 'faces', group: 'none' } })
      })
    }
    await goTo(page, shared, async () => undefined)
    const room = await page.getByRole('grid').boundingBox()
    expect(room?.width).toBe(viewport.width)
    expect(room?.height).toBeGreaterThanOrEqual(110)
  })
}

test('every dialog’s button can be reached and pressed at 200 % zoom', async ({ page, shared }) => {
  test.setTimeout(600_000)
  await page.setViewportSize(SMALLEST)
  for (const name of OPENED) {
    const dialog = DIALOGS[name]
    if (dialog === undefined) throw new Error(`There is no dialog called ${name}.`)
    await test.step(name, async () => {
      await goTo(page, shared, dialog.open)
      const box = page.getByRole('dialog')
      const button = box.getByRole('button', { name: dialog.primary, exact: true })
      await expectWithinReach(button)
      if (!dialog.primary.startsWith('Close')) return
      await button.click()
      await expect(box).toBeHidden()
    })
  }
})

test('the first and the last entry of every menu and list can be reached at 200 % zoom', async ({ page, shared }) => {
  test.setTimeout(120_000)
  await page.setViewportSize(SMALLEST)
  for (const name of isLong ? ['tile menu', 'sort menu', 'scope menu', 'account menu'] : ['tile menu', 'scope menu']) {
    const open = PLACES[name]
    if (open === undefined) throw new Error(`There is no menu called ${name}.`)
    await test.step(name, async () => {
      await goTo(page, shared, open)
      const entries = page.getByRole('menu').locator('[role^=menuitem]')
      await expectWithinReach(entries.last())
      await expectWithinReach(entries.first())
    })
  }
  await goTo(page, shared, PLACES['list of sizes'] ?? (async () => undefined))
  for (const option of [page.getByRole('option').first(), page.getByRole('option').last()])
    await expectWithinReach(option)
})

test('a person card covers the people of a narrow window, and gives the keyboard back', async ({ page, shared }) => {
  await page.setViewportSize(SMALLEST)
  await goTo(page, shared, async () => undefined)
  const index = (await faceOf(page).getAttribute('data-index')) ?? ''
  await page.keyboard.press('Enter')
  const card = page.getByRole('article')
  await expect(card.locator('[data-size-code]')).toHaveCount(9)
  expect((await card.boundingBox())?.width).toBeGreaterThanOrEqual(SMALLEST.width - 2)
  await expectWithinReach(card.locator('[data-size-code]').last())
  await page.keyboard.press('Escape')
  await expect(card).toBeHidden()
  await expect(page.locator('[role="gridcell"]:focus')).toHaveAttribute('data-index', index)
})

test('the filters of a narrow window are shown when asked for, and scroll', async ({ page, shared }) => {
  await page.setViewportSize(SMALLEST)
  await goTo(page, shared, async () => undefined)
  const filters = page.getByRole('complementary', { name: 'Filters' })
  await expect(filters).toBeHidden()
  await page.keyboard.press('Control+b')
  await expectWithinReach(filters.getByRole('button', { name: 'Read it again' }))
  await expectWithinReach(filters.getByTitle('Rooms'))
  await page.keyboard.press('Control+b')
  await expect(filters).toBeHidden()
})
