import { expect, test } from './shared-app.ts'

test('a panel is dragged and moved by keys, stays as it was left, and a double click gives its width back', async ({
  page,
}) => {
  const filters = page.getByRole('complementary', { name: 'Filters' })
  const splitter = page.getByRole('separator', { name: 'Width of the filters' })
  const widthPx = async () => Math.round((await filters.boundingBox())?.width ?? 0)
  const usual = await widthPx()
  const box = await splitter.boundingBox()
  if (box === null) throw new Error('There is no splitter.')
  await page.mouse.move(box.x + box.width / 2, box.y + 100)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width / 2 + 60, box.y + 100)
  await page.mouse.up()
  await expect.poll(widthPx).toBe(usual + 60)
  await splitter.press('ArrowLeft')
  await expect.poll(widthPx).toBeLessThan(usual + 60)
  const left = await widthPx()
  await page.reload()
  await expect.poll(widthPx).toBe(left)
  await splitter.dblclick()
  await expect.poll(widthPx).toBe(usual)
})

test('a screen of 4K is filled with people', async ({ page }) => {
  await page.setViewportSize({ width: 3840, height: 2160 })
  const grid = page.getByRole('grid')
  await expect.poll(async () => Number(await grid.getAttribute('aria-colcount'))).toBeGreaterThanOrEqual(20)
  const beside = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(beside).toBeLessThanOrEqual(0)
})
