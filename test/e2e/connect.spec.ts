import { expect, test } from './fixtures.ts'

test.describe('with no account and no demo', () => {
  test.use({ opens: 'nothing' })

  test('an own server is found from an address and a password', async ({ page, app, exchange }) => {
    const [account] = exchange.accounts
    if (!account) throw new Error('The demo has no account.')
    await app.open(page)
    await page.getByRole('button', { name: 'Connect an account' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Connect an account' })
    await expect(dialog.getByText('The password is kept until Rollcall is closed')).toBeVisible()
    await dialog.getByLabel('E-mail address').fill(account.address)
    await dialog.getByLabel('Password').fill(account.password)
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByText('This is the demo organisation.')).toBeHidden()
    await page.getByRole('button', { name: /^Account:/ }).click()
    await expect(page.getByText('The password is kept until Rollcall is closed')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Read the whole directory' }).first()).toBeVisible()
    expect(exchange.requests('GetUserSettings').length + exchange.requests('Autodiscover').length).toBeGreaterThan(0)
  })

  test('a wrong password is refused in words, with the steps that were tried', async ({ page, app, exchange }) => {
    const [account] = exchange.accounts
    if (!account) throw new Error('The demo has no account.')
    await app.open(page)
    await page.getByRole('button', { name: 'Connect an account' }).first().click()
    const dialog = page.getByRole('dialog', { name: 'Connect an account' })
    await dialog.getByLabel('E-mail address').fill(account.address)
    await dialog.getByLabel('Password').fill('not the password')
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(dialog.getByText('What was tried')).toBeVisible()
    await expect(dialog).not.toContainText('not the password')
  })
})
