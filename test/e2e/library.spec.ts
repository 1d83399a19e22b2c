import type { DemoRequest } from '../../src/main/demo/demo-types.ts'
import { EVERYBODY } from '../support/start-app.ts'
import { expect, test } from './fixtures.ts'
import { jobsToEnd, readDirectory } from './window.ts'

const CHECKED_SIZES = ['HR48x48', 'HR648x648']

test('a check says what it costs, stands still when it is paused, goes on, and ends when it is cancelled', async ({
  page,
  app,
  exchange,
}) => {
  await app.open(page)
  await readDirectory(page, app)
  const asked = () => exchange.requests('GetUserPhoto').filter(({ sizeCode }) => CHECKED_SIZES.includes(sizeCode ?? ''))
  exchange.script.setLatencyMs(200)
  await page.getByRole('button', { name: 'Check photos' }).click()
  const dialog = page.getByRole('dialog', { name: 'Check photos' })
  await dialog.getByRole('radio', { name: /^Everybody known/ }).check()
  const people = (await app.engine.client.people.listAddresses({ query: EVERYBODY })).length
  await expect(dialog).toContainText(`${people * CHECKED_SIZES.length} requests`)
  await dialog.getByRole('button', { name: 'Start check' }).click()

  const strip = page.locator('[data-job="audit"]')
  await strip.getByRole('button', { name: 'Pause: Checking photos' }).click()
  await expect(strip).toContainText('paused')
  const job = async () => (await app.engine.client.jobs.list()).find(({ kind }) => kind === 'audit')
  await expect.poll(async () => (await job())?.pausedBy).toBe('person')
  // What was on its way comes to its end; then nothing more is asked.
  let before = -1
  await expect
    .poll(
      () => {
        const isStill = asked().length === before
        before = asked().length
        return isStill
      },
      { intervals: [1_000] },
    )
    .toBe(true)
  const paused = asked().length
  expect(paused).toBeLessThan(people * CHECKED_SIZES.length)

  await strip.getByRole('button', { name: 'Resume: Checking photos' }).click()
  await expect.poll(() => asked().length).toBeGreaterThan(paused)
  await strip.getByRole('button', { name: 'Cancel: Checking photos' }).click()
  await expect(strip).toBeHidden()
  await expect.poll(async () => (await job())?.state).toBe('cancelled')
  expect(asked().length).toBeLessThan(people * CHECKED_SIZES.length)
  // A person ended it: nobody is asked whether it should go on.
  expect(await app.engine.client.photos.listInterrupted()).toEqual([])
})

test('a check that was broken off is offered again, and does not ask for what it had', async ({
  page,
  app,
  exchange,
}) => {
  await app.open(page)
  await readDirectory(page, app)
  exchange.script.setLatencyMs(100)
  await app.engine.client.audit.start({ scope: { of: { kind: 'all' }, except: [] } })
  await expect.poll(async () => (await app.engine.client.jobs.list())[0]?.done).toBeGreaterThan(20)
  const keyOf = ({ address, sizeCode }: DemoRequest) => `${address} ${sizeCode}`
  const checked = () =>
    exchange.requests('GetUserPhoto').filter(({ sizeCode }) => CHECKED_SIZES.includes(sizeCode ?? ''))
  await app.restart()
  const before = new Set(checked().map(keyOf))
  const [broken] = await app.engine.client.photos.listInterrupted()
  exchange.script.setLatencyMs(0)
  exchange.clearRequests()
  await app.open(page)
  const bar = page.locator('[data-banner="interrupted"]')
  await expect(bar).toContainText(`${broken?.done} of ${broken?.photos} photos are done`)
  await bar.getByRole('button', { name: 'Go on' }).click()
  await expect(bar).toBeHidden()
  await jobsToEnd(app)
  const asked = new Set(checked().map(keyOf))
  expect(broken?.done).toBeGreaterThanOrEqual(20)
  expect(asked.size).toBeLessThanOrEqual((broken?.photos ?? 0) - (broken?.done ?? 0))
  // Again is asked only what was on its way when Rollcall ended: as much as goes at a time.
  const { concurrency } = (await app.engine.client.settings.read()).library
  expect([...asked].filter((key) => before.has(key)).length).toBeLessThanOrEqual(concurrency)
})

test('the status bar says when photos are refreshed by themselves', async ({ page, app }) => {
  await app.open(page)
  await readDirectory(page, app)
  await expect(page.locator('[data-status="refresh"]')).toHaveCount(0)
  await page.keyboard.press('Control+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'Library' }).click()
  await dialog.getByRole('switch', { name: 'Refresh photos by themselves' }).check()
  await expect.poll(async () => (await app.engine.client.library.readRefresh()).everyHours).toBe(24)
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-status="refresh"]')).toContainText('Next refresh')
})
