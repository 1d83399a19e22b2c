import { expect, test } from './fixtures.ts'
import { jobsToEnd, readDirectory } from './window.ts'

test('a server that asks for a pause is named, with the time it takes and what can be done', async ({
  page,
  app,
  exchange,
}) => {
  await app.open(page)
  await readDirectory(page, app)
  await jobsToEnd(app)
  exchange.script.answerBusyAfter(0, { status: 503, retryAfterSeconds: 40, count: 1 })
  await page.locator('[data-index="3"]').click()
  await page.keyboard.press('F5')
  const bar = page.locator('[data-banner="pause"]')
  await expect(bar).toContainText('The server asks for a pause.')
  await expect(bar).toContainText(/asks it again in \d+ seconds/)
  await expect(page.locator('[role="gridcell"][data-address]').first()).toBeVisible()
  await bar.getByRole('button', { name: 'Ask less at a time' }).click()
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await expect(settings.getByRole('tab', { name: 'Library' })).toHaveAttribute('aria-selected', 'true')
})

test('settings show the accounts and what an export begins with', async ({ page, app }) => {
  await app.open(page)
  await readDirectory(page, app)
  await page.keyboard.press('Control+,')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'Accounts' }).click()
  await expect(settings.getByRole('listitem')).toContainText(['Demo organisation'])
  await expect(settings.getByRole('listitem').first()).toContainText('In use')
  await settings.getByRole('tab', { name: 'Export' }).click()
  await settings.getByLabel('Size that an export begins with').selectOption('HR240x240')
  await page.keyboard.press('Escape')
  await page.locator('[data-index="0"]').click()
  await page.keyboard.press('Control+e')
  const dialog = page.getByRole('dialog', { name: 'Export photos' })
  await expect(dialog.getByRole('combobox', { name: 'Size' })).toHaveText(/HR240x240/)
})

test('every page of the settings can be reached in the narrowest window, in every language', async ({ page, app }) => {
  await page.setViewportSize({ width: 900, height: 600 })
  for (const language of ['en', 'de', 'fr', 'fi'] as const) {
    await app.engine.client.settings.update({ appearance: { language } })
    await app.open(page)
    await page.locator('[data-index="0"]').waitFor()
    await page.keyboard.press('Control+,')
    const dialog = page.getByRole('dialog')
    const box = await dialog.boundingBox()
    for (const tab of await dialog.getByRole('tab').all()) {
      const place = await tab.boundingBox()
      expect((place?.x ?? 0) + (place?.width ?? 0)).toBeLessThanOrEqual((box?.x ?? 0) + (box?.width ?? 0))
    }
    await page.keyboard.press('Escape')
  }
})
