import { EVERYBODY } from '../support/start-app.ts'
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

test('a search without a result says one thing: what to loosen, or that the server could not be asked', async ({
  page,
  app,
  exchange,
}) => {
  await app.open(page)
  await readDirectory(page, app)
  const main = page.getByRole('main')
  await page.getByRole('searchbox').fill('zzyzx')
  await expect(main.getByRole('heading')).toHaveText('Nobody is found for “zzyzx”')
  await expect(main).toContainText('The server does not know anybody either.')
  await expect(main).not.toContainText('0 people')
  await expect(main).not.toContainText('is here')
  await expect(page.getByRole('status').filter({ hasText: 'Nobody is found for “zzyzx”' })).toHaveCount(1)

  exchange.script.resetAfter(0, 1_000_000)
  await page.getByRole('searchbox').fill('zzyzxx')
  await expect(main).toContainText('The server could not be asked, and may know more people than this computer.')
  exchange.script.clear()
  await main.getByRole('button', { name: 'Ask the server again' }).click()
  await expect(main).toContainText('The server does not know anybody either.', { timeout: 30_000 })
  await main.getByRole('button', { name: 'Clear the search' }).click()
  await expect(page.getByRole('searchbox')).toHaveValue('')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await expect(page.locator('[data-index="0"]')).toBeVisible()
})

test('a search within filters or a scope says so, and leads out of them', async ({ page, app }) => {
  await app.open(page)
  await readDirectory(page, app)
  const main = page.getByRole('main')
  const [somebody, other] = await app.engine.client.people.listAddresses({ query: EVERYBODY })
  if (somebody === undefined || other === undefined) throw new Error('There is nobody.')
  await page.getByRole('region', { name: 'Kind', exact: true }).getByTitle('Rooms').click()
  await page.getByRole('searchbox').fill(other)
  await expect(main.getByRole('heading')).toHaveText('Nobody matches both the search and the filters')
  await main.getByRole('button', { name: 'Reset filters' }).click()
  await expect(page.locator('[role="gridcell"][data-address]')).toHaveCount(1)
  await page.getByRole('searchbox').fill('')
  await app.engine.client.scopes.save({
    name: 'One',
    definition: { kind: 'addresses', source: 'selection', addresses: [somebody] },
  })
  await page.getByRole('button', { name: /^Scope/ }).click()
  await page.getByRole('menuitemradio', { name: /^One/ }).click()
  await expect(page.locator('[data-status="counts"]')).toContainText('1 shown')
  await page.getByRole('searchbox').fill(other)
  await expect(main.getByRole('heading')).toHaveText(`Nobody of this scope is found for “${other}”`)
  await main.getByRole('button', { name: 'Search everybody' }).click()
  await expect(page.locator(`[role="gridcell"][data-address="${other}"]`)).toBeVisible()
})
