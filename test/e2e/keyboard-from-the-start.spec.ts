import { expect, type Page } from '@playwright/test'
import { test } from './connection.ts'

/** Presses Tab until what has the focus is of this role and name. */
async function tabTo(page: Page, role: 'button' | 'textbox', name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role, { name }).and(page.locator(':focus'))
  for (let presses = 0; presses < 60 && (await wanted.count()) === 0; presses += 1) await page.keyboard.press('Tab')
  await expect(wanted).toHaveCount(1)
}

test('connect, search, select, person card and export are done without a mouse, from the first-run screen', async ({
  page,
  startServer,
}) => {
  const { app, user } = await startServer({ people: 200 })
  await expect(page.getByText('No account is connected')).toBeVisible()
  await tabTo(page, 'button', 'Connect an account')
  await page.keyboard.press('Enter')
  const connect = page.getByRole('dialog', { name: 'Connect an account' })
  await expect(connect).toBeVisible()
  await tabTo(page, 'textbox', 'E-mail address')
  await page.keyboard.type(user.address)
  await tabTo(page, 'textbox', 'Password')
  await page.keyboard.type(user.password)
  await page.keyboard.press('Enter')
  await expect(connect).toBeHidden()

  await page.keyboard.press('Control+f')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.type('an')
  await expect(page.locator('[role="gridcell"][data-address]').nth(2)).toBeVisible()
  await page.keyboard.press('Enter')
  const focused = page.locator('[role="gridcell"]:focus')
  await expect(focused).toHaveAttribute('data-index', '0')
  await page.keyboard.press('ArrowRight')
  await expect(focused).toHaveAttribute('data-index', '1')
  await expect(focused).toHaveAttribute('aria-selected', 'true')
  const address = (await focused.getAttribute('data-address')) ?? ''

  await page.keyboard.press('Enter')
  const card = page.getByRole('article')
  await expect(card).toContainText(address)
  await page.keyboard.press('Escape')
  await expect(card).toBeHidden()
  await expect(page.locator(`[role="gridcell"][data-address="${address}"]`)).toBeFocused()

  await page.keyboard.press('Shift+ArrowRight')
  await expect(page.getByRole('contentinfo')).toContainText('2 selected')
  await page.keyboard.press('Control+e')
  const dialog = page.getByRole('dialog', { name: 'Export photos' })
  await expect(dialog).toBeVisible()
  await tabTo(page, 'button', /^Export$/)
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText(/photos? (was|were) exported|failed/)
  const jobs = await app.engine.client.jobs.list()
  expect(jobs.find(({ kind }) => kind === 'export')).toMatchObject({ state: 'done' })
})
