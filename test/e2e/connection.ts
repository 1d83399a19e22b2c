import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect, type Locator, type Page } from '@playwright/test'
import { type DemoExchange, type DemoOptions, startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import type { EngineOptions } from '../../src/main/engine/host-ports.ts'
import { type RunningApp, startApp } from '../support/start-app.ts'

const LONGEST_TEST_MS = 150_000

type NetworkChange = Partial<EngineOptions['network']>

/** How a test's server and network are. */
export interface ServerOptions extends DemoOptions {
  /** What Rollcall's network is told, made from the server when it has been started. */
  readonly network?: (exchange: DemoExchange) => NetworkChange | Promise<NetworkChange>
}

/** A server, and a Rollcall that has no account yet, with its page open. */
export interface Connection {
  readonly exchange: DemoExchange
  readonly app: RunningApp
  readonly user: { readonly address: string; readonly password: string }
}

/** For tests about connecting: each starts a server as it needs one. Everything is closed when the test ends. */
export const test = base.extend<{ startServer: (options?: ServerOptions) => Promise<Connection> }>({
  startServer: async ({ page }, use, testInfo) => {
    // Each reads its page by axe several times, which takes seconds where the machine is busy.
    testInfo.setTimeout(LONGEST_TEST_MS)
    const closing: (() => Promise<unknown>)[] = []
    const pictures = await mkdtemp(join(tmpdir(), 'rollcall-e2e-'))
    await use(async ({ network, ...options } = {}) => {
      const exchange = await startDemoExchange({ people: 20, cacheDir: pictures, ...options })
      closing.push(exchange.close)
      const app = await startApp(exchange, 'nothing', await network?.(exchange))
      closing.push(app.close)
      const [user] = exchange.accounts
      if (user === undefined) throw new Error('The demo has no account.')
      await page.goto(app.url)
      return { exchange, app, user }
    })
    for (const close of closing.reverse()) await close()
    await rm(pictures, { recursive: true, force: true })
  },
})

/** The connect dialog, opened from the first-run screen or the account menu. */
export async function openConnect(page: Page): Promise<Locator> {
  const first = page.getByRole('main').getByRole('button', { name: 'Connect an account' })
  const menu = page.getByRole('button', { name: /^Account:/ })
  await expect(first.or(menu).first()).toBeVisible()
  if (await first.isVisible()) await first.click()
  else {
    await menu.click()
    await page.getByRole('menuitem', { name: 'Connect an account' }).click()
  }
  const dialog = page.getByRole('dialog', { name: 'Connect an account' })
  await expect(dialog).toBeVisible()
  return dialog
}

/** Opens what most people do not need, and waits until it has unfolded: a press on what moves away under it is none. */
export async function openAdvanced(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Advanced' }).click()
  await expect(dialog.getByRole('combobox', { name: 'Sign-in method' })).toBeVisible()
  await dialog.evaluate(async (element) => {
    await Promise.all(element.getAnimations({ subtree: true }).map(({ finished }) => finished))
  })
}

/** Fills address and password in and presses Connect. */
export async function fillAndConnect(dialog: Locator, { address, password }: Connection['user']): Promise<void> {
  await dialog.getByLabel('E-mail address').fill(address)
  await dialog.getByLabel('Password').fill(password)
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
}

/** An entry of the account menu. */
export async function chooseInAccountMenu(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Account:/ }).click()
  await page.getByRole('menuitem', { name }).click()
}

/** The account's state, as the engine has it. */
export async function stateOf({ engine }: RunningApp): Promise<string> {
  return (await engine.client.connections.read()).state
}
