import { expect, type Page } from '@playwright/test'

/** The window of the pictures that docs/tour.md shows. */
export const TOUR_SIZE = { width: 1280, height: 800 }
const THEMES = ['light', 'dark'] as const
/** The narrowest window and a full screen, compared without faces. */
const OTHER_SIZES = [
  { width: 900, height: 600 },
  { width: 1920, height: 1080 },
] as const

/** All pictures take minutes: `npm run test:long` looks at every one, and `npm run screenshots` takes them anew. */
export const IS_WHOLE_TOUR = process.env['ROLLCALL_TEST_LONG'] !== undefined

/** Waits until every face on screen is there and nothing is asked for. */
export async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => [...document.images].every((image) => image.complete))
  await page.waitForLoadState('networkidle')
}

/** Makes every face a grey square: in the other sizes the layout is compared, and faces would only make the files large. */
async function hideFaces(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(':is([role="gridcell"], [role="row"], [role="dialog"], article) img { filter: contrast(0) }')
    document.adoptedStyleSheets.push(sheet)
  })
}

/** Compares the page as it stands with its pictures: light and dark, and in the whole tour at three sizes of the window. */
export async function show(page: Page, name: string): Promise<void> {
  await page.mouse.move(2, 2)
  for (const size of [TOUR_SIZE, ...(IS_WHOLE_TOUR ? OTHER_SIZES : [])]) {
    await page.setViewportSize(size)
    const isShown = size === TOUR_SIZE
    if (!isShown) await hideFaces(page)
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await settle(page)
      await expect(page).toHaveScreenshot(
        [...(isShown ? [] : [`${size.width}x${size.height}`]), `${name}-${colorScheme}.png`],
        { maxDiffPixelRatio: 0.06 },
      )
    }
  }
}
