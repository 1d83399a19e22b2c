import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
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

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing serious in ${colorScheme}`, async ({ page, app }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await app.open(page)
    await readDirectory(page, app)
    await expect(page.locator('[role="gridcell"] img').first()).toBeVisible()
    expect(await seriousViolations(page)).toEqual([])

    await page.locator('[role="gridcell"]').first().dblclick()
    await expect(page.getByRole('article').locator('[data-size-code]')).toHaveCount(9)
    expect(await seriousViolations(page)).toEqual([])

    await page.keyboard.press('Control+e')
    await expect(page.getByRole('dialog', { name: 'Export photos' })).toBeVisible()
    expect(await seriousViolations(page)).toEqual([])
  })
}

async function seriousViolations(page: Page): Promise<string[]> {
  // Fluent's focus manager keeps hidden stops at the edges of what traps the focus; they hold nothing and pass it on at once.
  const { violations } = await new AxeBuilder({ page }).exclude('[data-tabster-dummy]').analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
}
