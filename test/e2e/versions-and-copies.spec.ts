import type { Page } from '@playwright/test'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import type { App } from './fixtures.ts'
import { expect, test } from './fixtures.ts'
import { readDirectory, tileOf } from './window.ts'

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

/** Somebody with a photo of full size. */
async function openSomebody(page: Page, app: App, people: readonly { address: string }[]): Promise<string> {
  await app.open(page)
  await readDirectory(page, app)
  const address = people[0]?.address ?? ''
  await page.getByRole('searchbox').fill(address)
  await tileOf(page, address).dblclick()
  await expect(page.getByRole('article').locator('[data-size-code="HR648x648"] img')).toBeVisible()
  return address
}

test('somebody’s earlier photos are compared with the present one', async ({ page, app, exchange }) => {
  const plain = exchange.truth().filter(({ photoCase }) => photoCase === 'plain')
  const address = await openSomebody(page, app, plain)
  const card = page.getByRole('article')
  for (let change = 0; change < 2; change += 1) {
    exchange.script.changePhoto(address)
    await app.engine.client.photos.refresh({ address: smtpAddressSchema.parse(address) })
  }
  await card.getByRole('button', { name: 'Compare with today’s' }).click()
  const dialog = page.getByRole('dialog', { name: /^Photos of / })
  await expect(dialog.getByRole('listitem').first()).toContainText('Now')
  await expect(dialog.getByRole('listitem').nth(1)).toContainText('Until')
  const addresses = await dialog
    .locator('img')
    .evaluateAll((images) => images.map((image) => (image as HTMLImageElement).src))
  expect(new Set(addresses).size).toBe(addresses.length)
})

test('a photo is copied as a picture that every program takes', async ({ page, app, exchange }) => {
  await openSomebody(
    page,
    app,
    exchange.truth().filter(({ photoCase }) => photoCase === 'plain'),
  )
  await page.getByRole('article').getByRole('button', { name: 'Copy photo' }).click()
  await expect(page.getByText('The photo was copied.').first()).toBeVisible()
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read()
    const blob = await item?.getType('image/png')
    if (blob === undefined) return null
    const { width, height } = await createImageBitmap(blob)
    return { types: item?.types, width, height }
  })
  expect(copied?.types).toContain('image/png')
  expect(copied?.width).toBeGreaterThanOrEqual(240)
})

test('Ctrl+Z brings back a selection and filters', async ({ page, app }) => {
  await app.open(page)
  await readDirectory(page, app)
  const counts = page.locator('[data-status="counts"]')
  await page.locator('[data-index="0"]').click()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Escape')
  await expect(counts).toContainText(' 0 selected')
  await page.keyboard.press('Control+z')
  await expect(counts).toContainText(' 3 selected')

  await page.getByRole('region', { name: 'Kind', exact: true }).getByTitle('Rooms').click()
  await page.getByRole('button', { name: 'Reset filters' }).click()
  await expect(page.locator('footer')).not.toContainText('1 filter')
  await page.keyboard.press('Control+z')
  await expect(page.locator('footer')).toContainText('1 filter')
})
