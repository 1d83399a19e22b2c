import { readFile } from 'node:fs/promises'
import type { Scope } from '../../src/shared/people.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import { expect, test } from './fixtures.ts'
import { jobsToEnd, readDirectory, tileOf } from './window.ts'

test('from the banner to an exported file whose bytes equal what the server has', async ({ page, app, exchange }) => {
  const person = exchange.truth().find((truth) => truth.photoCase === 'plain' && (truth.largest?.widthPx ?? 0) >= 648)
  const displayName = exchange.people.find(({ address }) => address === person?.address)?.displayName
  if (!person || !displayName) throw new Error('The demo has nobody with a plain photo.')

  await app.open(page)
  await expect(page.getByText('This is the demo organisation.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Connect your own account' })).toBeVisible()
  await readDirectory(page, app)

  await page.getByRole('searchbox').fill(person.address)
  const tile = tileOf(page, person.address)
  await expect(tile).toBeVisible()
  await expect(tile.locator('img')).toBeVisible()

  await tile.dblclick()
  const card = page.getByRole('article', { name: `Person card of ${displayName}` })
  await expect(card.locator('[data-size-code]')).toHaveCount(9)
  const { widthPx, heightPx } = person.largest ?? { widthPx: 0, heightPx: 0 }
  await expect(card.locator('[data-size-code="HR648x648"]')).toContainText(`${widthPx} × ${heightPx} px`)

  await card.getByRole('button', { name: 'Export' }).click()
  const dialog = page.getByRole('dialog', { name: 'Export photos' })
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(dialog).toContainText('1 photo was exported.')

  const [file] = (await app.exportedFiles()).filter((path) => !path.endsWith('.csv'))
  const served = await exchange.photo(person.address, 'HR648x648')
  expect(file).toBeDefined()
  expect(Buffer.compare(await readFile(file ?? ''), served?.bytes ?? Buffer.alloc(0))).toBe(0)
})

test('an unchanged photo is not downloaded twice, and a changed one is', async ({ page, app, exchange }) => {
  const address = smtpAddressSchema.parse(
    exchange.truth().find((truth) => truth.photoCase === 'plain' && truth.state === 'photo')?.address,
  )
  const { client } = app.engine
  const scope: Scope = { of: { kind: 'addresses', addresses: [address] }, except: [] }
  const largest = () =>
    exchange.requests('GetUserPhoto').filter((r) => r.address === address && r.sizeCode === 'HR648x648')
  const statuses = () => largest().map((request) => request.status)
  await app.open(page)
  await readDirectory(page, app)
  await page.getByRole('searchbox').fill(address)
  await tileOf(page, address).dblclick()
  const card = page.getByRole('article')
  await expect(card.locator('[data-size-code="HR648x648"]')).toContainText('px')
  await jobsToEnd(app)
  await expect.poll(statuses).toEqual([200])

  await client.photos.startSync({ scope, sizeCodes: ['HR648x648'] })
  await expect.poll(statuses).toEqual([200, 304])
  expect(largest()[1]?.ifNoneMatch).toBeTruthy()

  exchange.script.changePhoto(address)
  await jobsToEnd(app)
  await client.photos.startSync({ scope, sizeCodes: ['HR648x648'] })
  await expect.poll(statuses).toEqual([200, 304, 200])

  // A person who asks for it gets the photo in full, whatever the validator says.
  await jobsToEnd(app)
  await card.getByRole('button', { name: 'Refresh' }).click()
  await expect.poll(statuses).toEqual([200, 304, 200, 200])
  expect(largest()[3]?.ifNoneMatch ?? null).toBeNull()
})

test('the library is shown on the next start, without a server', async ({ page, app, exchange }) => {
  await app.open(page)
  await readDirectory(page, app)
  const address =
    exchange.truth().find((truth) => truth.photoCase === 'plain' && truth.state === 'photo')?.address ?? ''
  await page.getByRole('searchbox').fill(address)
  await expect(tileOf(page, address).locator('img')).toBeVisible()
  await page.goto('about:blank')
  await exchange.close()

  await app.restart()
  await app.open(page)
  await expect(page.getByText(/cannot be reached/).first()).toBeVisible()
  await page.getByRole('searchbox').fill(address)
  const picture = tileOf(page, address).locator('img')
  await expect(picture).toBeVisible()
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
})
