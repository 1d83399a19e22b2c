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
  await expect(dialog).toContainText(/photos? (was|were) exported|failed/)
})
