import type { Page } from '@playwright/test'
import { expect, test } from './shared-app.ts'

const status = (page: Page) => page.locator('[data-status="counts"]')
const scopeButton = (page: Page) => page.getByRole('button', { name: /^Scope:/ })

async function chooseInScopeMenu(page: Page, item: string | RegExp): Promise<void> {
  await scopeButton(page).click()
  const role = /…$|^Remove$/.test(String(item)) ? 'menuitem' : 'menuitemradio'
  await page.getByRole(role, { name: item, exact: typeof item === 'string' }).click()
}

test('a pasted list becomes a scope, what was not found is told, and removing it can be undone', async ({
  page,
  shared,
}) => {
  const [ada, bo] = shared.exchange.people.filter(({ kind }) => kind === 'person')
  if (ada === undefined || bo === undefined) throw new Error('There are no people.')
  await chooseInScopeMenu(page, 'From a list or a CSV…')
  const dialog = page.getByRole('dialog', { name: 'People from a list' })
  await dialog
    .getByRole('textbox', { name: 'Addresses or names' })
    .fill(`${ada.address}\n${bo.address}\nnobody.at.all@fjordline.example\n`)
  await dialog.getByRole('button', { name: 'Find these people' }).click()
  await expect(dialog.getByRole('status')).toContainText('people found: 2')
  await expect(dialog.getByRole('list')).toContainText('Line 3: nobody.at.all@fjordline.example not in the directory')
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Night shift')
  await dialog.getByRole('button', { name: 'Show 2 people' }).click()
  await expect(dialog).toBeHidden()
  await expect(scopeButton(page)).toHaveText('Night shift')
  await expect(status(page)).toContainText('2 shown')

  await page.reload()
  await chooseInScopeMenu(page, /^Night shift/)
  await expect(status(page)).toContainText('2 shown')
  await chooseInScopeMenu(page, 'Remove')
  await expect(scopeButton(page)).toHaveText('Everybody')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(scopeButton(page)).toHaveText('Night shift')
  await expect(status(page)).toContainText('2 shown')
})

test('the members of a distribution list become a scope', async ({ page, shared }) => {
  const list = shared.exchange.people.find(({ kind }) => kind === 'list')
  if (list === undefined) throw new Error('There is no list.')
  await chooseInScopeMenu(page, 'From a distribution list…')
  const dialog = page.getByRole('dialog', { name: 'Members of a distribution list' })
  await dialog.getByRole('combobox').fill(list.address)
  await dialog.getByRole('button', { name: 'Read its members' }).click()
  await expect(dialog.getByRole('status')).toContainText(/\d+ members? in \d+ lists?/)
  await dialog.getByRole('button', { name: /^Show \d+ p/ }).click()
  await expect(dialog).toBeHidden()
  await expect(status(page)).not.toContainText(/^0 shown/)
})

test('a search is kept as a scope and asked anew', async ({ page }) => {
  await page.getByRole('searchbox').fill('an')
  await expect(status(page)).not.toContainText(/^165 shown/)
  const shown = (await status(page).textContent()) ?? ''
  await chooseInScopeMenu(page, 'Keep this search…')
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name' }).fill('The ans')
  await page.keyboard.press('Enter')
  await expect(scopeButton(page)).toHaveText('The ans')
  await chooseInScopeMenu(page, 'Everybody')
  await expect(page.getByRole('searchbox')).toHaveValue('')
  await chooseInScopeMenu(page, /^The ans/)
  await expect(page.getByRole('searchbox')).toHaveValue('an')
  await expect(status(page)).toContainText(shown.split(' · ')[0] ?? '')
})
