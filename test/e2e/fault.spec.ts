import { breakDrawing } from './break-drawing.ts'
import { expect, test } from './shared-app.ts'
import { violationsOf } from './violations-of.ts'

test('a fault of the page itself is told, with a way back and its details', async ({ page }) => {
  await breakDrawing(page)
  // Whatever is drawn next needs it.
  await page.keyboard.press('Control+a')
  await expect(page.getByRole('heading', { level: 1, name: 'Rollcall met a fault of its own' })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Copy the details' }).click()
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^Rollcall .*made for a test/s)
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))
  })
  await page.getByRole('button', { name: 'Copied' }).click()
  await expect(page.getByRole('button', { name: 'Not copied' })).toBeVisible()
  await page.getByRole('button', { name: 'Load again' }).click()
  await expect(page.locator('[role="grid"] [data-index="0"]')).toBeVisible()
})
