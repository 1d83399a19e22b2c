import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, type Page } from '@playwright/test'
import type { DemoExchange } from '../../src/main/demo/demo-types.ts'
import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import type { EngineOptions } from '../../src/main/engine/host-ports.ts'
import { createHurriedClock } from '../support/hurried-clock.ts'
import { type RunningApp, startApp } from '../support/start-app.ts'

export interface App extends RunningApp {
  /** Opens the page, the way a person does: with the address that was printed. */
  open(page: Page): Promise<void>
  /** The files in the export folder, folders within it included, in alphabetical order. */
  exportedFiles(): Promise<string[]>
}

interface Options {
  /** How many people the demo Exchange has. */
  readonly peopleCount: number
  /** What is opened at the start. */
  readonly opens: EngineOptions['open']
  /** How many times as fast as the computer's its clock runs. */
  readonly hurry: number
}

interface Fixtures {
  readonly exchange: DemoExchange
  readonly app: App
}

interface WorkerFixtures {
  /** Folder where drawn photos are kept: the same people look the same in every test, so each is drawn once. */
  readonly pictures: string
}

/** Each test has its own demo Exchange and its own Rollcall, started in a fresh folder. */
export const test = base.extend<Options & Fixtures, WorkerFixtures>({
  pictures: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture needs
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'rollcall-pictures-'))
      await use(folder)
      await rm(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],
  peopleCount: [120, { option: true }],
  opens: ['last-or-demo', { option: true }],
  hurry: [1, { option: true }],
  exchange: async ({ peopleCount, pictures }, use) => {
    const exchange = await startDemoExchange({ people: peopleCount, cacheDir: pictures })
    await use(exchange)
    await exchange.close()
  },
  app: async ({ exchange, opens, hurry }, use) => {
    const running = await startApp(exchange, opens, {}, hurry === 1 ? undefined : createHurriedClock(hurry))
    const app: App = Object.create(running, {
      open: { value: (page: Page) => page.goto(running.url) },
      exportedFiles: { value: () => filesIn(running.exportDir) },
    })
    await use(app)
    await running.close()
  },
})
export { expect } from '@playwright/test'

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}
