// `npm run screenshots`: takes the README's pictures of the real page with the demo organisation, light and dark, and then
// those of docs/tour.md.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium, type Locator, type Page } from 'playwright'
import sharp from 'sharp'
import type { DemoTruth } from '../src/main/demo/demo-types.ts'
import { startDemoExchange } from '../src/main/demo/start-demo-exchange.ts'
import { whenJobEnded } from '../test/support/engine-on-demo.ts'
import { startApp } from '../test/support/start-app.ts'
import { ensureBrowser } from './setup/browser.mjs'
import { takeTour } from './take-tour.ts'

const IMAGES_DIR = join(import.meta.dirname, '..', 'docs', 'images')
const PEOPLE = 400
const SIZE = { width: 1280, height: 800 }

const browserPath = await ensureBrowser('the screenshots')
if (browserPath === null) throw new Error('There is no Chromium, Chrome or Edge on this machine.')
await mkdir(IMAGES_DIR, { recursive: true })
const exchange = await startDemoExchange({ people: PEOPLE })
const app = await startApp(exchange, 'demo')
const isRoot = process.getuid?.() === 0
const browser = await chromium.launch({ executablePath: browserPath, args: isRoot ? ['--no-sandbox'] : [] })
try {
  await prepare()
  for (const theme of ['light', 'dark'] as const) await takePictures(browser, theme)
} finally {
  await browser.close()
  await app.close()
  await exchange.close()
}
await takeTour()

/** Reads the directory and checks everybody, so that the grid has faces and the chips have numbers. */
async function prepare(): Promise<void> {
  const { client } = app.engine
  await whenJobEnded(app.engine, await client.people.startReadDirectory())
  await whenJobEnded(app.engine, await client.audit.start({ scope: { of: { kind: 'all' }, except: [] } }))
}

async function takePictures(window: Browser, theme: 'light' | 'dark'): Promise<void> {
  await app.restart()
  const page = await window.newPage({ viewport: SIZE, colorScheme: theme, reducedMotion: 'reduce', locale: 'en-GB' })
  await page.goto(app.url)
  await settle(page)
  // Lists have no faces; what Rollcall is about does.
  await page.getByRole('region', { name: 'Kind', exact: true }).getByText('People').click()
  await page.locator('[role="gridcell"][aria-label*="list"]').first().waitFor({ state: 'detached' })
  await page.mouse.move(SIZE.width / 2, 0)
  await settle(page)
  await keep(page, `grid-${theme}`)

  await (await tileOfGoodPhoto(page)).dblclick()
  const card = page.getByRole('article')
  await card.locator('[data-size-code="HR648x648"] img').waitFor()
  await card.locator('[data-size-code="HR648x648"]').scrollIntoViewIfNeeded()
  await settle(page)
  await keep(page, `person-${theme}`)
  await page.keyboard.press('Escape')

  await page.locator('[role="gridcell"]').nth(1).click()
  await page
    .locator('[role="gridcell"]')
    .nth(12)
    .click({ modifiers: ['Shift'] })
  await page.keyboard.press('Control+e')
  await page.getByRole('dialog', { name: 'Export photos' }).waitFor()
  await settle(page)
  await keep(page, `export-${theme}`)
  await page.close()
}

/** The first tile of somebody whose photo is of full size, so that the nine sizes differ. */
async function tileOfGoodPhoto(page: Page): Promise<Locator> {
  const isGood = ({ photoCase, largest }: DemoTruth) => photoCase === 'plain' && (largest?.widthPx ?? 0) >= 648
  const good = new Set(exchange.truth().flatMap((truth) => (isGood(truth) ? [truth.address] : [])))
  const shown = await page
    .locator('[role="gridcell"]')
    .evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('data-address')))
  const address = shown.find((candidate) => candidate !== null && good.has(candidate))
  return page.locator(`[role="gridcell"][data-address="${address}"]`)
}

/** Waits until every face on screen is there. */
async function settle(page: Page): Promise<void> {
  await page.locator('[role="gridcell"] img').first().waitFor()
  await page.waitForLoadState('networkidle')
  await page.waitForFunction(() => [...document.images].every((image) => image.complete))
}

/** Keeps a picture of the page with few colours, so that it stays small. */
async function keep(page: Page, name: string): Promise<void> {
  const png = await sharp(await page.screenshot())
    .png({ palette: true, colours: 192, effort: 10 })
    .toBuffer()
  await writeFile(join(IMAGES_DIR, `${name}.png`), png)
  console.info(`docs/images/${name}.png  ${Math.round(png.length / 1024)} KB`)
}
