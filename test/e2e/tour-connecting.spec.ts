import { expect } from '@playwright/test'
import { whenJobEnded } from '../support/engine-on-demo.ts'
import { type Connection, fillAndConnect, openConnect, test } from './connection.ts'
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
  await dialog.getByRole('button', { name: 'Advanced' }).click()
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
  await expect(page.locator('[role="gridcell"] img').first()).toBeVisible()
  connection.exchange.script.refuseSignIns()
  await connection.app.engine.client.connections.retry()
  await expect(page.getByRole('button', { name: 'Enter the password' }).first()).toBeVisible()
  await show(page, 'signed-out')
})

test('looks as in the tour: doctor', async ({ page, startServer }) => {
  await connected(await startServer())
  await page.getByRole('button', { name: /^Account:/ }).click()
  await page.getByRole('menuitem', { name: 'Check the connection' }).click()
  await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible()
  await show(page, 'doctor')
})
