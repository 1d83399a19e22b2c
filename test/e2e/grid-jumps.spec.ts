import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { jobsToEnd, readDirectory } from './window.ts'

test.use({ peopleCount: 300 })

const grid = (page: Page) => page.getByRole('grid', { name: 'People' })
const active = (page: Page) => page.locator('[role="grid"] [data-index]:focus')

/** Scrolls to the end with the wheel and goes to the last person with the keyboard. */
async function goToEnd(page: Page): Promise<void> {
  await grid(page).hover()
  await page.mouse.wheel(0, 100_000)
  await page.locator('[role="grid"] [data-index]').last().click()
  await page.keyboard.press('Control+End')
  await expect(active(page)).toHaveAttribute('aria-selected', 'true')
}

for (const group of ['none', 'office'] as const) {
  test(`a search that begins at the end of the list shows whom it finds (grouped by ${group})`, async ({
    page,
    app,
  }) => {
    await app.engine.client.settings.update({ appearance: { group } })
    await app.open(page)
    await readDirectory(page, app)
    await goToEnd(page)
    await page.keyboard.press('Control+f')
    await page.keyboard.type('anna')
    const found = page.locator('[role="gridcell"][data-address]')
    await expect(page.locator('main')).toHaveAttribute('aria-busy', 'false')
    await expect(found.first()).toBeInViewport()
    await expect(found.first().locator('mark').first()).toHaveText(/^anna$/i)
    await page.keyboard.press('Escape')

    await goToEnd(page)
    await page.keyboard.type('anna')
    await expect(active(page).locator('[dir="auto"]').first()).toHaveText(/^Anna/)
    await expect(active(page)).toBeInViewport()
    await expect(active(page)).toHaveAttribute('aria-selected', 'true')
  })
}

test('whoever is jumped to is selected although nobody there was loaded yet', async ({ page, app }) => {
  await app.open(page)
  await readDirectory(page, app)
  await jobsToEnd(app)
  await page.locator('[data-index="0"]').click()
  await page.keyboard.press('Control+End')
  await expect(page.locator('[data-status="counts"]')).toContainText('1 selected')
  await expect(active(page)).toHaveAttribute('aria-selected', 'true')
})

test('another window learns of a new scope at once', async ({ page, app, context }) => {
  await app.open(page)
  await readDirectory(page, app)
  const other = await context.newPage()
  await other.goto(new URL('/', app.url).href)
  await other.locator('[data-index="0"]').waitFor()
  await app.engine.client.scopes.save({
    name: 'Night shift',
    definition: { kind: 'search', text: 'anna', filter: emptyFilter },
  })
  await other.getByRole('button', { name: /^Scope/ }).click()
  await expect(other.getByRole('menuitemradio', { name: /Night shift/ })).toBeVisible()
})

const emptyFilter = { states: [], findings: [], kinds: [], departments: [], offices: [] }
