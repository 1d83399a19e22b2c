import { expect } from '@playwright/test'
import { chooseInAccountMenu, fillAndConnect, openAdvanced, openConnect, stateOf, test } from './connection.ts'
import { violationsOf } from './violations-of.ts'

test('an own server is found from an address and a password', async ({ page, startServer }) => {
  const { exchange, user } = await startServer()
  const dialog = await openConnect(page)
  await expect(dialog.getByText('The password is kept until Rollcall is closed')).toBeVisible()
  await openAdvanced(dialog)
  await expect(dialog.getByLabel('Server address')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await fillAndConnect(dialog, user)
  await expect(dialog).toBeHidden()
  await expect(page.getByText('This is the demo organisation.')).toBeHidden()
  await page.getByRole('button', { name: /^Account:/ }).click()
  await expect(page.getByText('The password is kept until Rollcall is closed')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Read the whole directory' }).first()).toBeVisible()
  expect(exchange.requests('GetUserSettings').length + exchange.requests('Autodiscover').length).toBeGreaterThan(0)
})

test('a wrong password is refused in words, with the steps that were tried, and is one failed logon', async ({
  page,
  startServer,
}) => {
  const { app, exchange, user } = await startServer()
  const dialog = await openConnect(page)
  await fillAndConnect(dialog, { ...user, password: 'not the password' })
  await expect(dialog.getByText('What was tried')).toBeVisible()
  await expect(dialog).toContainText('refused the sign-in.')
  await expect(dialog).not.toContainText('not the password')
  expect(await violationsOf(page)).toEqual([])
  expect(exchange.failedLogons()).toBe(1)
  await dialog.getByLabel('Password').fill(user.password)
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect.poll(() => stateOf(app)).toBe('online')
  expect(exchange.failedLogons()).toBe(1)
})

test('a password that is kept nowhere is asked for again, with everything else as it was', async ({
  page,
  startServer,
}) => {
  const { app, user } = await startServer()
  const dialog = await openConnect(page)
  await fillAndConnect(dialog, user)
  await expect(dialog).toBeHidden()
  await app.restart()
  // What was opened at the start of this test is nothing; a person chooses the account.
  await app.engine.client.connections.use({
    address: (await app.engine.client.connections.list())[0]?.address ?? never(),
  })
  await page.goto(app.url)
  const notices = page.getByRole('region', { name: 'Account notices' })
  await expect(notices).toContainText('Enter the password of the account.')
  expect(await violationsOf(page)).toEqual([])
  await notices.getByRole('button', { name: 'Enter the password' }).click()
  await expect(dialog.getByLabel('E-mail address')).toHaveValue(user.address)
  await dialog.getByLabel('Password').fill(user.password)
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect.poll(() => stateOf(app)).toBe('online')
})

test('an account that signs in with Basic is warned of for as long as it is open', async ({ page, startServer }) => {
  const { user } = await startServer({ schemes: ['basic'] })
  await fillAndConnect(await openConnect(page), user)
  const notices = page.getByRole('region', { name: 'Account notices' })
  await expect(notices).toContainText('This account signs in with Basic.')
  await expect(notices).toContainText('Ask the administrator for NTLM, Kerberos or modern sign-in.')
  expect(await violationsOf(page)).toEqual([])
  await page.reload()
})

test.describe('the connection doctor', () => {
  test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

  test('tells every step, signs in once, and gives a text without a secret', async ({ page, startServer }) => {
    const { exchange, user } = await startServer()
    await fillAndConnect(await openConnect(page), user)
    await expect(page.getByRole('button', { name: 'Read the whole directory' }).first()).toBeVisible()
    await chooseInAccountMenu(page, 'Check the connection')
    const dialog = page.getByRole('dialog', { name: 'Check the connection' })
    await expect(dialog).toContainText('The connection works.')
    const steps = dialog.getByRole('list', { name: 'What was tried' })
    await expect(steps).toContainText('sign-in')
    await steps.getByText('Details of sign-in').click()
    await expect(steps).toContainText(/Connected to127\.0\.0\.1/)
    await expect(steps).toContainText(/SHA-256([0-9A-F]{2}:){31}/)
    await expect(steps).toContainText(/Sign-in offeredntlm, basic/)
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Copy as text' }).click()
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(text).toMatch(/autodiscover-soap: https:\/\/.*found/)
    expect(text).toMatch(/sign-in: https:\/\/mail\.fjordline\.example/)
    expect(text).toContain('Certificate SHA-256')
    const secrets = [user.password, encodeURIComponent(user.password), btoa(user.password)]
    for (const secret of secrets) expect(text + (await dialog.textContent())).not.toContain(secret)
    expect(exchange.failedLogons()).toBe(0)
  })

  test('says in words what to do when the server is gone', async ({ page, startServer }) => {
    const { exchange, user } = await startServer()
    await fillAndConnect(await openConnect(page), user)
    await expect(page.getByRole('button', { name: 'Read the whole directory' }).first()).toBeVisible()
    await exchange.script.breakTls('alert')
    await chooseInAccountMenu(page, 'Check the connection')
    const dialog = page.getByRole('dialog', { name: 'Check the connection' })
    await expect(dialog.getByRole('list', { name: 'What was tried' })).toContainText('Unreachable')
    await expect(dialog).not.toContainText('The connection works.')
    expect(await violationsOf(page)).toEqual([])
  })
})

function never(): never {
  throw new Error('no account is kept')
}
