import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import { expect, test } from './fixtures.ts'
import { readDirectory } from './window.ts'

test('the whole job can be done with the keyboard alone', async ({ page, app }) => {
  await app.open(page)
  await readDirectory(page, app)

  await page.keyboard.press('Control+f')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('[role="gridcell"]:focus')).toHaveAttribute('data-index', '0')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  const focused = page.locator('[role="gridcell"]:focus')
  await expect(focused).toHaveAttribute('data-index', '2')
  await expect(focused).toHaveAttribute('aria-selected', 'true')
  const address = smtpAddressSchema.parse(await focused.getAttribute('data-address'))
  const { displayName } = await app.engine.client.people.read({ address })

  await page.keyboard.press('Enter')
  const card = page.getByRole('article')
  await expect(card).toBeVisible()
  await expect(card.getByRole('heading', { level: 2 })).toHaveText(displayName)
  await page.keyboard.press('Escape')
  await expect(card).toBeHidden()
  await expect(page.locator('[role="gridcell"]:focus')).toHaveAttribute('data-index', '2')

  await page.keyboard.press('Shift+ArrowRight')
  await expect(page.getByRole('contentinfo')).toContainText('2 selected')
  await page.keyboard.press('Control+e')
  const dialog = page.getByRole('dialog', { name: 'Export photos' })
  await expect(dialog).toBeVisible()
  await dialog.getByRole('button', { name: 'Export', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(dialog).toContainText(/photos? (was|were) exported/)
})

test('whatever is opened over the window gives the focus back to where it was', async ({ page, app }) => {
  await app.open(page)
  await readDirectory(page, app)
  await page.locator('[data-index="1"]').click()
  await page.locator('[data-index="2"]').click({ modifiers: ['Shift'] })
  const tile = page.locator('[role="gridcell"][data-index="2"]')
  await expect(tile).toBeFocused()
  const over = page.locator('[role="dialog"], [role="menu"]')
  for (const key of ['Control+,', 'F1', 'Control+e', 'Control+k', 'Control+d', 'Space', 'Shift+F10']) {
    await page.keyboard.press(key)
    await expect(over.first(), key).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(over, key).toHaveCount(0)
    await expect(tile, key).toBeFocused()
  }
  const account = page.getByRole('button', { name: /^Account:/ })
  await account.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Check the connection' }).press('Enter')
  await expect(page.getByRole('dialog', { name: 'Check the connection' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(account).toBeFocused()
})

test('a button that goes when it is pressed leaves the focus beside it', async ({ page, app, exchange }) => {
  await app.open(page)
  await readDirectory(page, app)
  await page.getByRole('region', { name: 'Kind', exact: true }).getByTitle('Rooms').press('Enter')
  const bar = page.getByRole('contentinfo')
  await bar.getByRole('button', { name: 'Reset filters' }).press('Enter')
  await expect(bar.getByRole('button', { name: 'Reset filters' })).toBeHidden()
  await expect(bar.locator(':focus')).toHaveCount(1)

  const address = exchange.truth().find(({ state }) => state === 'none')?.address ?? ''
  await page.getByRole('searchbox').fill(address)
  await page.locator(`[role="gridcell"][data-address="${address}"]`).press('Enter')
  const findings = page.getByRole('article').locator('[data-section="findings"]')
  await findings.getByRole('button', { name: 'Accept …' }).press('Enter')
  await findings.getByRole('button', { name: 'Accept', exact: true }).press('Enter')
  await expect(findings.getByRole('button', { name: 'Take back' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(findings.getByRole('button', { name: 'Accept …' })).toBeFocused()
})
