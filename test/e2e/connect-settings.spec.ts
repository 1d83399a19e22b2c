import { expect } from '@playwright/test'
import { test } from './connection.ts'
import { violationsOf } from './violations-of.ts'

test('the proxy and the online lookup are kept when they are good, and a password is not taken', async ({
  page,
  startServer,
}) => {
  const { app } = await startServer()
  await expect(page.getByText('No account is connected')).toBeVisible()
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'Network' }).click()
  const proxy = dialog.getByLabel('Proxy')
  const kept = async () => (await app.engine.client.settings.read()).network.proxy
  await proxy.fill('http://anna:secret@proxy.fjordline.example:8080')
  await proxy.blur()
  await expect(dialog).toContainText('Enter system, none, or an address without a user name in it.')
  expect(await violationsOf(page)).toEqual([])
  expect(await kept()).toBe('system')
  await proxy.fill('http://proxy.fjordline.example:8080')
  await proxy.blur()
  await expect.poll(kept).toBe('http://proxy.fjordline.example:8080')

  const lookup = dialog.getByRole('switch', { name: 'Ask Exchange Online for a server as well' })
  await expect(lookup).not.toBeChecked()
  await lookup.click()
  const isAllowed = async () => (await app.engine.client.settings.read()).discovery.isOnlineLookupAllowed
  await expect.poll(isAllowed).toBe(true)
  expect(await violationsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Undo last change' }).click()
  await expect.poll(isAllowed).toBe(false)
})

test('what modern sign-in needs is kept in the settings, and a wrong address is not', async ({ page, startServer }) => {
  const { app } = await startServer()
  await expect(page.getByText('No account is connected')).toBeVisible()
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'Sign-in' }).click()
  const oauth = async () => (await app.engine.client.settings.read()).oauth
  await dialog.getByLabel('Client ID').fill('11111111-2222-3333-4444-555555555555')
  await dialog.getByLabel('Authority').fill('http://login.example')
  await dialog.getByLabel('Authority').blur()
  await expect(dialog.getByText('This value is not acceptable.')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await expect.poll(async () => (await oauth()).clientId).toBe('11111111-2222-3333-4444-555555555555')
  expect((await oauth()).authority).toBe('')
  await dialog.getByLabel('Authority').fill('https://adfs.fjordline.example/adfs')
  await dialog.getByLabel('Authority').blur()
  await expect.poll(async () => (await oauth()).authority).toBe('https://adfs.fjordline.example/adfs')
})
