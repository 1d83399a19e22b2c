import { expect } from '@playwright/test'
import { type ClientCa, createClientCa, toPfx, whyNoOpenssl } from '../support/client-certificates.ts'
import { startTlsBridge, type TlsBridge } from '../support/tls-bridge.ts'
import {
  chooseInAccountMenu,
  fillAndConnect,
  openAdvanced,
  openConnect,
  type ServerOptions,
  stateOf,
  test,
} from './connection.ts'
import { violationsOf } from './violations-of.ts'

const file = (name: string, content: string | Buffer) => ({
  name,
  mimeType: 'text/plain',
  buffer: Buffer.from(content),
})

test('a CA is chosen as a file, shown, and trusted for the account until it is taken away', async ({
  page,
  startServer,
}) => {
  const { exchange, app, user } = await startServer({ network: () => ({ extraCaPem: [] }) })
  const dialog = await openConnect(page)
  await openAdvanced(dialog)
  const authorities = dialog.getByRole('region', { name: 'Certification authorities (CA)' })
  const choose = (content: string) =>
    authorities.getByLabel('Choose a CA file').last().setInputFiles(file('ca.pem', content))
  await choose('a shopping list')
  await expect(authorities).toContainText('The chosen file holds no certificate.')
  expect(await violationsOf(page)).toEqual([])
  await choose(exchange.caPem)
  await expect(authorities).not.toContainText('holds no certificate')
  await expect(authorities.getByRole('listitem')).toHaveCount(1)
  await expect(authorities).toContainText(/Fjordline Demo CA.*Valid.*SHA-256([0-9A-F]{2}:){31}/)
  expect(await violationsOf(page)).toEqual([])
  await fillAndConnect(dialog, user)
  await expect(dialog).toBeHidden()
  await expect.poll(() => stateOf(app)).toBe('online')

  await chooseInAccountMenu(page, 'Certificates')
  const kept = page.getByRole('dialog', { name: 'Certificates' })
  await expect(kept.getByRole('region', { name: 'Certification authorities (CA)' })).toContainText('Fjordline Demo CA')
  await kept.getByRole('button', { name: 'Remove the CAs' }).click()
  await expect(kept.getByRole('button', { name: 'Remove the CAs' })).toBeHidden()
  await expect.poll(() => stateOf(app)).toBe('offline')
})

test.describe('a client certificate', () => {
  const missing = whyNoOpenssl()
  test.skip(missing !== null, missing ?? '')

  let ca: ClientCa
  let proxy: TlsBridge
  test.beforeAll(async () => {
    ca = await createClientCa()
  })

  /** A reverse proxy that wants one stands before the server. */
  const behindProxy: ServerOptions = {
    schemes: ['basic'],
    network: async ({ port, resolveRules }) => {
      proxy = await startTlsBridge(port, { requestCert: true, ca: [ca.caPem] })
      const rules = resolveRules.map((rule) => ({ ...rule, toPort: proxy.port }))
      return { extraCaPem: [proxy.caPem], resolveRules: rules }
    },
  }
  test.afterEach(() => proxy?.close())

  test('is asked for in words, opened with its passphrase, kept, and taken away', async ({ page, startServer }) => {
    const { app, user } = await startServer(behindProxy)
    const dialog = await openConnect(page)
    await fillAndConnect(dialog, user)
    await expect(dialog.getByRole('status').or(dialog)).toContainText('wants a client certificate, and got none.')
    await openAdvanced(dialog)
    const own = dialog.getByRole('region', { name: 'Client certificate' })
    await own
      .getByLabel('Choose a client certificate')
      .last()
      .setInputFiles(file('anna.pfx', toPfx(await ca.issue('anna'), 'sesam')))
    await expect(own).toContainText('Chosen: anna.pfx')
    const passphrase = own.getByLabel('Passphrase of the file')
    await passphrase.fill('wrong')
    await passphrase.blur()
    await expect(own).toContainText('The passphrase of the client certificate is wrong or missing.')
    expect(await violationsOf(page)).toEqual([])
    await passphrase.fill('sesam')
    await passphrase.blur()
    await expect(own).toContainText(/CN=anna.*CN=Fjordline Client CA/)
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
    await expect(dialog).toBeHidden()
    await expect.poll(() => stateOf(app)).toBe('online')

    await chooseInAccountMenu(page, 'Certificates')
    const certificates = page.getByRole('dialog', { name: 'Certificates' })
    const kept = certificates.getByRole('region', { name: 'Client certificate' })
    await expect(kept).toContainText('CN=anna')
    await kept.getByRole('button', { name: 'Remove the client certificate' }).click()
    await expect(kept).not.toContainText('CN=anna')
    await expect.poll(() => stateOf(app)).toBe('signed-out')
    const anna = await ca.issue('anna again')
    const files = [file('anna.crt', anna.certificate), file('anna.key', anna.key)]
    await kept.getByLabel('Choose a client certificate').last().setInputFiles(files)
    await kept.getByRole('button', { name: 'Use this certificate' }).click()
    await expect.poll(() => stateOf(app)).toBe('online')
    expect(await violationsOf(page)).toEqual([])
  })
})
