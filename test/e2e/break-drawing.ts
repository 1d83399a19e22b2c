import type { Page } from '@playwright/test'

/** Makes the page fail when it draws a number next. Loading it again mends it. */
export async function breakDrawing(page: Page): Promise<void> {
  await page.evaluate(() => {
    const get = () => {
      throw new Error('made for a test')
    }
    Object.defineProperty(Intl.NumberFormat.prototype, 'format', { get })
  })
}
