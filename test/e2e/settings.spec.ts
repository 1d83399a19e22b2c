import { expect, test } from './fixtures.ts'

test('a setting applies at once, can be taken back, and outlives a restart', async ({ page, app }) => {
  await app.open(page)
  await expect(page.getByText('This is the demo organisation.')).toBeVisible()
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'Checks' }).click()
  const poor = dialog.getByLabel('Low resolution below (pixels)')
  await poor.fill('300')
  await poor.press('Enter')
  await expect.poll(async () => (await app.engine.client.settings.read()).audit.poorBelowPx).toBe(300)
  await dialog.getByRole('button', { name: 'Undo last change' }).click()
  await expect.poll(async () => (await app.engine.client.settings.read()).audit.poorBelowPx).toBe(240)
})

test('the page is written from right to left where the language is', async ({ page, app }) => {
  await app.engine.client.settings.update({ appearance: { language: 'ar-XB' } })
  await app.open(page)
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl')
  const filters = page.locator('aside').first()
  await expect(filters).toBeVisible()
  const window = page.viewportSize()
  const box = await filters.boundingBox()
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeGreaterThan((window?.width ?? 0) - 20)
})
