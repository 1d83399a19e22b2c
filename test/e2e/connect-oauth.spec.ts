import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { startOpenIdProvider } from '../support/start-openid-provider.ts'
import { openAdvanced, openConnect, stateOf, test } from './connection.ts'
import { askToSignIn, startModern } from './modern-sign-in.ts'
import { violationsOf } from './violations-of.ts'

test('modern sign-in needs no password, and Exchange Online is recognised by its address', async ({
  page,
  startServer,
}) => {
  await startServer()
  const dialog = await openConnect(page)
  await openAdvanced(dialog)
  await dialog.getByRole('combobox', { name: 'Sign-in method' }).click()
  await page.getByRole('option', { name: 'Modern sign-in (OAuth)' }).click()
  await expect(dialog.getByLabel('Password', { exact: true })).toBeHidden()
  await expect(dialog.getByText('signing in happens in the browser')).toBeVisible()
  await dialog.getByLabel('Server address').fill('https://outlook.office365.com/EWS/Exchange.asmx')
  await expect(dialog.getByText('This is Exchange Online.')).toBeVisible()
  await expect(dialog.getByText('1 April 2027')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
})

test.describe('with a provider', () => {
  let folder: string
  let provider: Awaited<ReturnType<typeof startOpenIdProvider>>
  test.beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollcall-e2e-oauth-'))
    provider = await startOpenIdProvider(folder)
  })
  test.afterAll(async () => {
    await provider.close()
    await rm(folder, { recursive: true, force: true })
  })

  test('a person signs in on the page that the dialog links to, and again when that was revoked', async ({
    page,
    startServer,
  }) => {
    const { app, user } = await startModern(startServer, provider, folder)
    const dialog = await openConnect(page)
    const link = dialog.getByRole('link', { name: /^Open fjordline\.example/ })
    const signIn = async () => {
      await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
      await expect(link).toHaveAttribute('rel', /noopener/)
      expect(await violationsOf(page)).toEqual([])
      await provider.signInAt((await link.getAttribute('href')) ?? '')
      await expect(dialog).toBeHidden()
      await expect.poll(() => stateOf(app)).toBe('online')
    }
    await dialog.getByLabel('E-mail address').fill(user.address)
    await signIn()

    await provider.revoke('all')
    await app.engine.client.connections.retry()
    const again = page.getByRole('button', { name: 'Sign in again' }).first()
    await expect(again).toBeVisible()
    expect(await violationsOf(page)).toEqual([])
    await again.click()
    await expect(dialog.getByLabel('E-mail address')).toHaveValue(user.address)
    await signIn()
  })

  test('a sign-in that nobody wants any more is given up with the dialog', async ({ page, startServer }) => {
    const connection = await startModern(startServer, provider, folder)
    const { dialog } = await askToSignIn(page, connection)
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByText('No account is connected')).toBeVisible()
    expect(await stateOf(connection.app)).toBe('none')
  })
})
