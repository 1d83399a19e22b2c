import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, test as base, type Page } from '@playwright/test'
import type { DemoExchange } from '../../src/main/demo/demo-types.ts'
import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import type { RunningApp } from '../support/start-app.ts'
import { startApp } from '../support/start-app.ts'

/** One Rollcall for all tests of a worker, its directory read, with a page that stays open. */
export interface SharedApp {
  readonly exchange: DemoExchange
  readonly app: RunningApp
  readonly window: Page
}

const PEOPLE = 120
const VIEWPORT = { width: 1280, height: 860 }

async function readWholeDirectory({ engine }: RunningApp): Promise<void> {
  const isUnderWay = (await engine.client.jobs.list()).some(({ kind }) => kind === 'read-directory')
  if (!isUnderWay) await engine.client.people.startReadDirectory()
  const isRunning = async () => (await engine.client.jobs.list()).some(({ endedMs }) => endedMs === null)
  while (await isRunning()) await new Promise((resolve) => setTimeout(resolve, 20))
}

/**
 * For tests that only look and click, and leave nothing behind: they share one app and one page, which is put back to where
 * it begins before each. Tests that script the server or restart the app have the fixtures of `fixtures.ts`.
 */
export const test = base.extend<{ page: Page }, { shared: SharedApp }>({
  shared: [
    async ({ browser }, use) => {
      const pictures = await mkdtemp(join(tmpdir(), 'rollcall-pictures-'))
      const exchange = await startDemoExchange({ people: PEOPLE, cacheDir: pictures })
      const app = await startApp(exchange, 'last-or-demo')
      await readWholeDirectory(app)
      const context: BrowserContext = await browser.newContext({
        viewport: VIEWPORT,
        locale: 'en-GB',
        permissions: ['clipboard-read', 'clipboard-write'],
      })
      const window = await context.newPage()
      await window.goto(app.url)
      await window.locator('[role="grid"] [data-index="0"]').waitFor()
      await use({ exchange, app, window })
      await context.close()
      await app.close()
      await exchange.close()
      await rm(pictures, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  page: async ({ shared }, use) => {
    const { window, app } = shared
    await app.engine.client.settings.update({ appearance: { tilePx: 112, view: 'faces', group: 'none' } })
    await window.setViewportSize(VIEWPORT)
    await window.emulateMedia({ colorScheme: null, reducedMotion: null, forcedColors: null })
    await window.reload()
    await window.locator('[role="grid"] [data-index="0"]').waitFor()
    await use(window)
  },
})
export { expect } from '@playwright/test'
