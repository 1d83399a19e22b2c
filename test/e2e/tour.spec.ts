import type { Locator, Page } from '@playwright/test'
import type { DemoTruth } from '../../src/main/demo/demo-types.ts'
import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import { EVERYBODY, whenJobEnded } from '../support/engine-on-demo.ts'
import { EVERYBODY as IN_ORDER, startApp } from '../support/start-app.ts'
import { breakDrawing } from './break-drawing.ts'
import type { SharedApp } from './shared-app.ts'
import { expect, test } from './shared-app.ts'
import { IS_WHOLE_TOUR, settle, show, TOUR_SIZE } from './tour-pictures.ts'

/**
 * The pictures of docs/tour.md: what the window looks like in each of its states, light and dark. They are compared, so that no
 * change of its looks goes unseen; `npm run screenshots` takes them anew.
 */
let isChecked = false

/** Everybody's photos are checked once, so that the marks, the filters and the findings have something to show. */
async function checkOnce({ app }: SharedApp): Promise<void> {
  if (isChecked) return
  isChecked = true
  await whenJobEnded(app.engine, await app.engine.client.audit.start({ scope: EVERYBODY }))
}

/** The first tile on screen of somebody whose photo is of full size. */
async function goodTile(page: Page, { exchange }: SharedApp): Promise<Locator> {
  const isGood = ({ photoCase, largest }: DemoTruth) => photoCase === 'plain' && (largest?.widthPx ?? 0) >= 648
  const good = new Set<string>(exchange.truth().flatMap((truth) => (isGood(truth) ? [truth.address] : [])))
  const shown = await page
    .locator('[role="gridcell"][data-address]')
    .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-address') ?? ''))
  const address = shown.find((candidate) => good.has(candidate))
  if (address === undefined) throw new Error('Nobody on screen has a photo of full size.')
  return page.locator(`[role="gridcell"][data-address="${address}"]`)
}

const PLACES: Readonly<Record<string, (page: Page, shared: SharedApp) => Promise<unknown>>> = {
  grid: async () => undefined,
  table: (page) => page.keyboard.press('Control+g'),
  groups: async (page, { app }) => {
    await app.engine.client.settings.update({ appearance: { group: 'office' } })
    await page.getByRole('rowheader').first().waitFor()
  },
  search: (page) => page.getByRole('searchbox').fill('an'),
  filter: (page) => page.getByRole('region', { name: 'Photo', exact: true }).getByTitle('no photo').click(),
  'nothing-found': (page) => page.getByRole('searchbox').fill('zzyzx'),
  'filters-hide-all': async (page) => {
    await page.getByRole('region', { name: 'Kind', exact: true }).getByTitle('Rooms').click()
    await page.getByRole('searchbox').fill('anna')
  },
  menu: async (page) => {
    await page.locator('[data-index="1"]').click()
    await page.locator('[data-index="3"]').click({ modifiers: ['Shift'] })
    await page.locator('[data-index="2"]').click({ button: 'right' })
    await page.getByRole('menu').waitFor()
  },
  'no-result-here': async (page, { exchange }) => {
    exchange.script.resetAfter(0, 1_000_000)
    await page.getByRole('searchbox').fill('zzyzx')
    await page.getByRole('button', { name: 'Ask the server again' }).waitFor()
    exchange.script.clear()
  },
  network: async (page) => {
    await page.keyboard.press('Control+,')
    await page.getByRole('tab', { name: 'Network' }).click()
  },
  'quick-look': async (page, shared) => {
    await (await goodTile(page, shared)).click()
    await page.keyboard.press('Space')
    await page.locator('[data-quick-look] img').last().waitFor()
  },
  person: async (page, shared) => {
    await (await goodTile(page, shared)).dblclick()
    await page.getByRole('article').locator('[data-size-code="HR648x648"] img').waitFor()
  },
  compare: async (page) => {
    await page.locator('[data-index="1"]').click()
    await page.locator('[data-index="3"]').click({ modifiers: ['Shift'] })
    await page.keyboard.press('Control+d')
    await page.getByRole('dialog').getByRole('listitem').nth(2).waitFor()
  },
  check: async (page) => {
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog')).toContainText('requests')
  },
  export: async (page) => {
    await page.locator('[data-index="1"]').click()
    await page.locator('[data-index="12"]').click({ modifiers: ['Shift'] })
    await page.keyboard.press('Control+e')
    await expect(page.getByRole('dialog')).toContainText('Files such as')
  },
  scopes: (page) => page.getByRole('button', { name: /^Scope/ }).click(),
  settings: (page) => page.keyboard.press('Control+,'),
  keys: (page) => page.keyboard.press('F1'),
  fault: async (page) => {
    await breakDrawing(page)
    await page.keyboard.press('Control+a')
    await page.getByRole('button', { name: 'Load again' }).waitFor()
  },
}

/** What is compared in every run; everything else in the whole tour. */
const LOOKED_AT = IS_WHOLE_TOUR ? null : ['grid', 'person']

for (const [name, open] of Object.entries(PLACES).filter(([place]) => LOOKED_AT?.includes(place) ?? true)) {
  test(`looks as in the tour: ${name}`, async ({ page, shared }) => {
    test.slow()
    await checkOnce(shared)
    await page.setViewportSize(TOUR_SIZE)
    await settle(page)
    await open(page, shared)
    await show(page, name)
    await page.keyboard.press('Escape')
  })
}

test.describe('away from the server', () => {
  test.skip(!IS_WHOLE_TOUR, 'looked at by npm run test:long')
  for (const [name, opens] of [
    ['first-run', 'nothing'],
    ['offline', 'demo'],
  ] as const) {
    test(`looks as in the tour: ${name}`, async ({ browser, shared }) => {
      test.slow()
      const exchange = await startDemoExchange({ people: 60 })
      const app = await startApp(exchange, opens)
      const context = await browser.newContext({ viewport: TOUR_SIZE, locale: 'en-GB' })
      if (opens === 'demo') {
        await whenJobEnded(app.engine, await app.engine.client.people.startReadDirectory())
        await exchange.close()
        await app.restart()
      }
      const page = await context.newPage()
      await page.goto(app.url)
      await expect(page.getByText(opens === 'demo' ? 'Try again' : 'No account is connected').first()).toBeVisible()
      await show(page, name)
      await context.close()
      await app.close()
      if (opens !== 'demo') await exchange.close()
      expect(shared.window.isClosed()).toBe(false)
    })
  }

  test('looks as in the tour: tiles', async ({ browser, shared }) => {
    test.slow()
    const exchange = await startDemoExchange({ people: 60 })
    const app = await startApp(exchange, 'demo')
    const { client } = app.engine
    await whenJobEnded(app.engine, await client.people.startReadDirectory())
    const addresses = await client.people.listAddresses({ query: { ...IN_ORDER, sort: 'relevance' } })
    for (const address of addresses.slice(1, 4)) exchange.script.sendGarbageFor(address, 'html')
    const scope = { of: { kind: 'addresses' as const, addresses: addresses.slice(0, 16) }, except: [] }
    await whenJobEnded(app.engine, await client.photos.startSync({ scope, sizeCodes: ['HR240x240', 'HR648x648'] }))
    exchange.script.setLatencyMs(600_000)
    const context = await browser.newContext({ viewport: TOUR_SIZE, locale: 'en-GB' })
    const page = await context.newPage()
    await page.goto(app.url)
    await expect(page.locator('[data-mark="trouble"]').first()).toBeVisible()
    await show(page, 'tiles')
    await context.close()
    await exchange.close()
    await app.close()
    expect(shared.window.isClosed()).toBe(false)
  })

  test('looks as in the tour: pause', async ({ page, shared }) => {
    test.slow()
    await checkOnce(shared)
    shared.exchange.script.answerBusyAfter(0, { status: 503, retryAfterSeconds: 55, count: 1 })
    await page.locator('[data-index="3"]').click()
    await page.keyboard.press('F5')
    await expect(page.locator('[data-banner="pause"]')).toBeVisible()
    await show(page, 'pause')
  })
})
