import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { PhotoState } from '../../src/shared/people.ts'
import { EVERYBODY } from '../support/start-app.ts'
import { expect, test } from './fixtures.ts'
import { checkEverybody, chip, readDirectory } from './window.ts'

/** The words on the chips that an audit with a server at hand can show. */
const CHIPS: Readonly<Record<Exclude<PhotoState, 'not-asked'>, string>> = {
  photo: 'photo',
  'thumbnail-only': 'thumbnail only',
  none: 'no photo',
  'not-available-here': 'not available here',
  'could-not-ask': 'could not ask',
  'not-expected': 'none expected',
}

test('the chips count what is true of the demo organisation', async ({ page, app, exchange }) => {
  await app.open(page)
  await readDirectory(page, app)
  await checkEverybody(page, app)
  const known = new Set<string>(await app.engine.client.people.listAddresses({ query: EVERYBODY }))
  const truth = exchange.truth().filter(({ address }) => known.has(address))
  expect(known.size).toBe(truth.length)

  for (const [state, label] of Object.entries(CHIPS)) {
    const count = truth.filter((one) => one.state === state).length
    if (count === 0) await expect(chip(page, 'Photo', label)).toHaveCount(0)
    else await expect(chip(page, 'Photo', label)).toHaveText(new RegExp(`^${label}\\s*${count}$`))
  }
  for (const [finding, label] of [
    ['low-resolution', 'low resolution'],
    ['not-square', 'not square'],
    ['unreadable', 'unreadable'],
  ] as const) {
    const count = truth.filter((one) => one.findings.includes(finding)).length
    expect(count).toBeGreaterThan(0)
    await expect(chip(page, 'Findings', label)).toHaveText(new RegExp(`^${label}\\s*${count}$`))
  }

  await chip(page, 'Photo', 'no photo').click()
  const without = truth.filter((one) => one.state === 'none').length
  await expect(page.getByRole('contentinfo')).toContainText(`${without} shown`)
})

test.describe('with a server that is given a minute', () => {
  test.use({ hurry: 20 })

  test('a server that fails is never counted as “no photo”', async ({ page, app, exchange }) => {
    // Before there is a page: its tiles would ask, and some would rightly be told that there is no photo.
    await expect.poll(async () => (await app.engine.client.people.readDirectoryStatus()).state).toBe('complete')
    exchange.script.resetAfter(0, 1_000_000)
    await app.open(page)
    await checkEverybody(page, app)
    await expect(chip(page, 'Photo', 'could not ask')).toBeVisible()
    await expect(chip(page, 'Photo', 'no photo')).toHaveCount(0)
  })
})

test('the report is saved as CSV with a row for everybody', async ({ page, app }) => {
  await app.open(page)
  await readDirectory(page, app)
  await checkEverybody(page, app)
  await page.getByRole('button', { name: 'Check photos' }).click()
  const dialog = page.getByRole('dialog', { name: 'Check photos' })
  await dialog.getByRole('radio', { name: /^Everybody known/ }).check()
  await dialog.getByRole('button', { name: 'Save report as CSV' }).click()
  await expect(dialog).toBeHidden()
  const [file = ''] = (await app.exportedFiles()).filter((path) => path.endsWith('.csv'))
  const rows: unknown[] = parse(await readFile(file), { bom: true, columns: true })
  expect(rows).toHaveLength((await app.engine.client.people.listAddresses({ query: EVERYBODY })).length)
})
