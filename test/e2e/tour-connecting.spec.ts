import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { whenJobEnded } from '../support/engine-on-demo.ts'
import { startOpenIdProvider } from '../support/start-openid-provider.ts'
import { type Connection, chooseInAccountMenu, fillAndConnect, openAdvanced, openConnect, test } from './connection.ts'
import { askToSignIn, startModern } from './modern-sign-in.ts'
import { IS_WHOLE_TOUR, show, TOUR_SIZE } from './tour-pictures.ts'

/** The pictures of docs/tour.md of what an account meets on its way to its server. */

test.use({ viewport: TOUR_SIZE })
test.skip(!IS_WHOLE_TOUR, 'looked at by npm run test:long')

const HOSTER = 'exchange.hoster.example'
const UNTRUSTED = { network: () => ({ extraCaPem: [] }) }

/** An account that is online, with its directory read. */
async function connected({ app, user }: Connection): Promise<void> {
  const { client } = app.engine
  const { account } = await client.connections.start(user)
  expect(account).not.toBeNull()
  await whenJobEnded(app.engine, await client.people.startReadDirectory())
}

test('looks as in the tour: connect', async ({ page, startServer }) => {
  await startServer()
  await openConnect(page)
  await show(page, 'connect')
})

test('looks as in the tour: connect-advanced', async ({ page, startServer }) => {
  await startServer()
  const dialog = await openConnect(page)
  await openAdvanced(dialog)
  await expect(dialog.getByLabel('Server address')).toBeVisible()
  await show(page, 'connect-advanced')
})

test('looks as in the tour: connect-busy', async ({ page, startServer }) => {
  const { exchange, user } = await startServer()
  exchange.script.setLatencyMs(600_000)
  const dialog = await openConnect(page)
  await fillAndConnect(dialog, user)
  await expect(dialog.getByRole('button', { name: 'Connecting' })).toBeVisible()
  await show(page, 'connect-busy')
})

test('looks as in the tour: server-not-found', async ({ page, startServer }) => {
  await startServer()
  const dialog = await openConnect(page)
  await fillAndConnect(dialog, { address: 'somebody@elsewhere.example', password: 'x' })
  await expect(dialog.getByRole('list', { name: 'What was tried' })).toBeVisible()
  await show(page, 'server-not-found')
})

test('looks as in the tour: host-question', async ({ page, startServer }) => {
  const { exchange, user } = await startServer({ extraHosts: [HOSTER] })
  const url = `https://${HOSTER}/autodiscover/autodiscover.xml`
  for (const host of ['fjordline.example', 'autodiscover.fjordline.example']) {
    for (const service of ['soap', 'pox'] as const) {
      exchange.script.answerAutodiscover({ host, service, answer: { kind: 'redirect-url', url } })
    }
  }
  const dialog = await openConnect(page)
  await fillAndConnect(dialog, user)
  await expect(dialog.getByRole('region', { name: /^May / })).toBeVisible()
  await show(page, 'host-question')
})

test('looks as in the tour: certificate-question', async ({ page, startServer }) => {
  const { user } = await startServer(UNTRUSTED)
  const dialog = await openConnect(page)
  await fillAndConnect(dialog, user)
  await expect(dialog.getByRole('region', { name: /^The certificate of / })).toBeVisible()
  await show(page, 'certificate-question')
})

test('looks as in the tour: certificate-changed', async ({ page, startServer }) => {
  const { exchange, app, user } = await startServer(UNTRUSTED)
  const dialog = await openConnect(page)
  await fillAndConnect(dialog, user)
  await dialog.getByRole('button', { name: 'Trust this certificate and continue' }).click()
  await expect(dialog).toBeHidden()
  await exchange.script.breakTls('other-certificate')
  await app.engine.client.connections.retry()
  await page.getByRole('button', { name: 'Show the certificate…' }).click()
  const trust = page.getByRole('dialog', { name: /^The certificate of / })
  await expect(trust).toContainText('another certificate than the one that was agreed to')
  await show(page, 'certificate-changed')
})

test('looks as in the tour: wrong-password', async ({ page, startServer }) => {
  const { user } = await startServer()
  const dialog = await openConnect(page)
  await fillAndConnect(dialog, { ...user, password: 'not the password' })
  await expect(dialog.getByRole('list', { name: 'What was tried' })).toBeVisible()
  await show(page, 'wrong-password')
})

test('looks as in the tour: signed-out', async ({ page, startServer }) => {
  const connection = await startServer()
  await connected(connection)
  // Else it would depend on the machine how many there are when the server refuses.
  await expect(page.locator('[role="gridcell"] img').first()).toBeVisible()
  await expect(page.getByRole('gridcell', { name: 'not asked yet' })).toHaveCount(0)
  connection.exchange.script.refuseSignIns()
  await connection.app.engine.client.connections.retry()
  await expect(page.getByRole('button', { name: 'Enter the password' }).first()).toBeVisible()
  await show(page, 'signed-out')
})

test('looks as in the tour: modern-sign-in', async ({ page, startServer }) => {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-tour-oauth-'))
  const provider = await startOpenIdProvider(folder)
  await askToSignIn(page, await startModern(startServer, provider, folder))
  await show(page, 'modern-sign-in')
  await provider.close()
  await rm(folder, { recursive: true, force: true })
})

test('looks as in the tour: certificates', async ({ page, startServer }) => {
  const connection = await startServer()
  await connected(connection)
  await chooseInAccountMenu(page, 'Certificates')
  const authorities = page.getByRole('region', { name: 'Certification authorities (CA)' })
  const buffer = Buffer.from(connection.exchange.caPem)
  await authorities
    .getByLabel('Choose a CA file')
    .last()
    .setInputFiles({ name: 'ca.pem', mimeType: 'text/plain', buffer })
  await expect(authorities).toContainText('Fjordline Demo CA')
  await show(page, 'certificates')
})

test('looks as in the tour: directory-server', async ({ page, startServer }) => {
  await connected(await startServer())
  await chooseInAccountMenu(page, 'Directory server (LDAP)')
  const dialog = page.getByRole('dialog', { name: 'Directory server (LDAP)' })
  await dialog.getByRole('textbox', { name: 'Address' }).fill('ldaps://dc1.fjordline.example')
  await dialog.getByLabel('User name').fill('reader')
  await show(page, 'directory-server')
})

test('looks as in the tour: doctor', async ({ page, startServer }) => {
  await connected(await startServer())
  await page.getByRole('button', { name: /^Account:/ }).click()
  await page.getByRole('menuitem', { name: 'Check the connection' }).click()
  await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible()
  await show(page, 'doctor')
})
