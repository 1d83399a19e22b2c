import { expect, test } from './fixtures.ts'
import { readDirectory, tileOf } from './window.ts'

test.use({ peopleCount: 60 })

test('“Why do I see this?” names the request as the server knows it', async ({ page, app, exchange }) => {
  const person = exchange.truth().find(({ kind, photoCase }) => kind === 'person' && photoCase === 'plain')
  if (person === undefined) throw new Error('The demo has nobody with a plain photo.')
  await app.open(page)
  await readDirectory(page, app)
  await page.getByRole('searchbox').fill(person.address)
  await tileOf(page, person.address).dblclick()
  const card = page.getByRole('article')
  await card.locator('[data-size-code="HR648x648"]').click()
  await expect(card.getByText('Request ID (client-request-id)')).toBeVisible()
  const asked = exchange
    .requests('GetUserPhoto')
    .filter(({ address, sizeCode }) => address === person.address && sizeCode === 'HR648x648')
  await expect(card.getByText(asked.at(-1)?.clientRequestId ?? 'no request', { exact: true })).toBeVisible()
})

test('a pause that the server asks for is said with its end, and the work can be cancelled in it', async ({
  page,
  app,
  exchange,
}) => {
  await app.open(page)
  const { client } = app.engine
  await readDirectory(page, app)
  exchange.script.answerBusyAfter(3, { status: 503, retryAfterSeconds: 7_200, count: 1_000 })
  await client.photos.startSync({ scope: { of: { kind: 'all' }, except: [] }, sizeCodes: ['HR360x360'] })
  await expect(page.locator('[data-banner="pause"]')).toContainText(/asks it again at .*\d:\d\d.*can be cancelled/)
  await page.getByRole('button', { name: 'Cancel: Fetching photos' }).click()
  await expect(page.getByText('Fetching photos: cancelled').first()).toBeVisible()
})
