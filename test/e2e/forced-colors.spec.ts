import type { Locator } from '@playwright/test'
import { faceOf, goTo, PLACES } from './places.ts'
import { expect, test } from './shared-app.ts'

const outlineOf = (target: Locator) =>
  target.evaluate((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element)
    return outlineStyle === 'none' ? 'none' : `${outlineWidth} ${outlineStyle}`
  })

test.afterEach(async ({ page }) => page.emulateMedia({ forcedColors: null, reducedMotion: null }))

for (const view of ['faces', 'table'] as const) {
  test(`in forced colours selected and focused ${view} are told by their outline`, async ({ page, shared }) => {
    await page.emulateMedia({ forcedColors: 'active' })
    await goTo(page, shared, async () => {
      if (view === 'table') await page.keyboard.press('Control+g')
      await page.keyboard.press('Shift+ArrowDown')
      await page.keyboard.press('Control+ArrowDown')
    })
    const cells = view === 'faces' ? '[role="gridcell"]' : '[role="row"]'
    const focused = page.locator(`${cells}:focus`)
    await expect(focused).toHaveAttribute('aria-selected', 'false')
    const selected = page.locator(`${cells}[aria-selected="true"]`).first()
    const plain = page.locator(`${cells}[aria-selected="false"]:not(:focus)`).last()
    const outlines = [await outlineOf(plain), await outlineOf(selected), await outlineOf(focused)]
    expect(outlines[0]).toBe('none')
    expect(new Set(outlines).size).toBe(3)
  })
}

test('in forced colours the photo states of tiles stay apart', async ({ page, shared }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await goTo(page, shared, async () => undefined)
  await page.getByRole('searchbox').fill('an')
  const mark = page.locator('[data-mark]').first()
  await expect(mark).toBeVisible()
  expect(await outlineOf(mark)).not.toBe('none')
  const without = page.locator('[role="gridcell"]:has([data-mark="none"])').first()
  // The initials' field has lost its colour: it has a line round it instead, and a picture none.
  expect(await outlineOf(without.locator('div[aria-hidden="true"]').first())).not.toBe('none')
  expect(await outlineOf(faceOf(page).locator('div:has(> img)').last())).toBe('none')
})

/** Each takes seconds: `npm run test:long` opens all of them. */
const MOVING =
  process.env['ROLLCALL_TEST_LONG'] === undefined
    ? ['tile menu', 'export', 'person card']
    : ['grid', 'tile menu', 'more menu', 'hint', 'quick look', 'export', 'person card', 'search']

test('with reduced motion nothing moves', async ({ page, shared }) => {
  test.setTimeout(120_000)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const place of MOVING) {
    const open = PLACES[place]
    if (open === undefined) throw new Error(`There is no place called ${place}.`)
    await test.step(place, async () => {
      await goTo(page, shared, async () => {
        await page.evaluate(() => {
          const seen = new Set<string>()
          const look = () => {
            for (const animation of document.getAnimations()) {
              const { duration, iterations } = animation.effect?.getComputedTiming() ?? {}
              if (Number(duration) * Number(iterations) <= 20) continue
              const { target } = animation.effect as KeyframeEffect
              seen.add(`${target?.outerHTML.slice(0, 100)}: ${duration} ms`)
            }
            requestAnimationFrame(look)
          }
          look()
          Object.assign(window, { movements: seen })
        })
        await open(page, shared)
      })
      const movements = await page.evaluate(() => [...(window as unknown as { movements: Set<string> }).movements])
      expect(movements).toEqual([])
    })
  }
})
