import { addressOf } from '../support/photo-records.ts'
import { expect, test } from './fixtures.ts'

test.describe('with an account of its own', () => {
  test.use({ opens: 'nothing' })

  test('the directory server is set, kept and removed in the account menu, its password never shown', async ({
    page,
    app,
    exchange,
  }) => {
    const [account] = exchange.accounts
    if (!account) throw new Error('The demo has no account.')
    const { client } = app.engine
    const { address, userName, password } = account
    await client.connections.start({ address: addressOf(address), userName, password })
    await app.open(page)
    const dialog = page.getByRole('dialog', { name: 'Directory server (LDAP)' })
    const open = async () => {
      await page.getByRole('button', { name: /^Account:/ }).click()
      await page.getByRole('menuitem', { name: 'Directory server (LDAP)' }).click()
      await expect(dialog.getByRole('textbox', { name: 'Address' })).toBeVisible()
    }
    await open()
    await dialog.getByRole('textbox', { name: 'Address' }).fill('https://dc1.fjordline.example')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(dialog.getByText('Enter an address such as ldaps://')).toBeVisible()
    expect(await client.connections.readLdap()).toBeNull()

    await dialog.getByRole('textbox', { name: 'Address' }).fill('ldaps://127.0.0.1:9/DC=fjordline,DC=example')
    await dialog.getByLabel('User name').fill('reader')
    await dialog.getByLabel('Password', { exact: true }).fill('Marked-Ldap-Secret')
    await dialog.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(dialog).toBeHidden()
    expect(await client.connections.readLdap()).toMatchObject({ userName: 'reader', secretKeptIn: 'this-run' })

    await open()
    await expect(dialog.getByLabel('User name')).toHaveValue('reader')
    await expect(dialog.getByLabel('Password', { exact: true })).toHaveValue('')
    await expect(dialog.getByText('One is kept.')).toBeVisible()
    // Nobody listens there: that is told, and nothing is lost.
    await dialog.getByRole('button', { name: 'Save and read everybody' }).click()
    await expect(page.getByText(/127\.0\.0\.1:9 cannot be reached/).first()).toBeVisible()
    expect(await client.connections.readLdap()).toMatchObject({ secretKeptIn: 'this-run' })

    await open()
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await expect(dialog).toBeHidden()
    expect(await client.connections.readLdap()).toBeNull()
  })
})
