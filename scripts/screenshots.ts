// `npm run screenshots`: takes the README's pictures of the real page with the demo organisation, light and dark.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright'
import sharp from 'sharp'
import { startDemoExchange } from '../src/main/demo/start-demo-exchange.ts'
import { whenJobEnded } from '../test/support/engine-on-demo.ts'
import { startApp } from '../test/support/start-app.ts'
import { ensureBrowser } from './setup/browser.mjs'

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
  await keep(page, `grid-${theme}`)

  await page.locator('[role="gridcell"]').nth(9).dblclick()
  await page.getByRole('article').locator('[data-size-code="HR648x648"] img').waitFor()
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
