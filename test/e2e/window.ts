import { expect, type Locator, type Page } from '@playwright/test'
import type { App } from './fixtures.ts'

/** The tile of one person. */
export function tileOf(page: Page, address: string): Locator {
  return page.locator(`[role="gridcell"][data-address="${address}"]`)
}

/** A filter chip, by the words on it. */
export function chip(page: Page, group: string, label: string): Locator {
  return page.getByRole('region', { name: group, exact: true }).getByTitle(label, { exact: true })
}

/** Waits until the library has the whole directory. The demo organisation's is read by itself; any other when asked to. */
export async function readDirectory(page: Page, app: App): Promise<void> {
  const isUnderWay = (await app.engine.client.jobs.list()).some((job) => job.kind === 'read-directory')
  if (!isUnderWay) await page.getByRole('button', { name: 'Read the whole directory' }).first().click()
  await expect(page.getByRole('region', { name: 'Directory' })).toContainText('people: the whole directory')
  await jobsToEnd(app)
}

/** Waits until no job is running any more. */
export async function jobsToEnd(app: App): Promise<void> {
  const running = async () => (await app.engine.client.jobs.list()).filter((job) => job.endedMs === null).length
  await expect.poll(running, { timeout: 30_000 }).toBe(0)
}

/** Checks everybody's photos through the dialog, and waits for the end of it. */
export async function checkEverybody(page: Page, app: App): Promise<void> {
  await page.getByRole('button', { name: 'Check photos' }).click()
  const dialog = page.getByRole('dialog', { name: 'Check photos' })
  await dialog.getByRole('radio', { name: /^Everybody known/ }).check()
  await dialog.getByRole('button', { name: 'Start check' }).click()
  await expect(dialog).toBeHidden()
  await jobsToEnd(app)
}
