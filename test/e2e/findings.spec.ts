import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { App } from './fixtures.ts'
import { expect, test } from './fixtures.ts'
import { checkEverybody, chip, readDirectory } from './window.ts'

const countAccepted = async (app: App) => (await app.engine.client.audit.listAccepted()).length

test('a finding is accepted of everybody selected, is counted no more, and Undo and “Take back” open it again', async ({
  page,
  app,
}) => {
  await app.open(page)
  await readDirectory(page, app)
  await checkEverybody(page, app)
  const notSquare = chip(page, 'Findings', 'not square')
  const count = Number((await notSquare.textContent())?.replace(/\D/g, ''))
  expect(count).toBeGreaterThan(1)
  await notSquare.click()
  await expect(page.getByRole('contentinfo')).toContainText(`${count} shown`)

  const openDialog = async () => {
    await page.locator('[role="gridcell"][data-address]').first().click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Findings …' }).click()
    return page.getByRole('dialog', { name: 'Findings' })
  }
  await page.locator('[role="gridcell"][data-address]').first().click()
  await page.keyboard.press('Control+a')
  const dialog = await openDialog()
  const line = dialog.locator('[data-finding="not-square"]')
  await expect(line).toContainText(`${count} open, 0 accepted`)
  await line.getByRole('button', { name: 'Accept …' }).click()
  await line.getByLabel('Reason').fill('badge pictures')
  await line.getByRole('button', { name: 'Accept', exact: true }).click()
  await expect(dialog).toBeHidden()
  await expect.poll(() => countAccepted(app)).toBe(count)
  await expect(notSquare).toHaveText(/^not square\s*0$/)

  // Undone by the link that is offered, done again by hand, and undone by the key.
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect.poll(() => countAccepted(app)).toBe(0)
  await expect(notSquare).toHaveText(new RegExp(`^not square\\s*${count}$`))
  await notSquare.click()
  await openDialog()
  await dialog.getByRole('radio', { name: /^Everybody known/ }).check()
  await expect(line).toContainText(`${count} open, 0 accepted`)
  await line.getByRole('button', { name: 'Accept …' }).click()
  await page.keyboard.type('badge pictures')
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect.poll(() => countAccepted(app)).toBe(count)

  const accepted = await app.engine.client.audit.listAccepted()
  await openDialog()
  await dialog.getByRole('radio', { name: /^Everybody known/ }).check()
  await expect(line).toContainText(`0 open, ${count} accepted`)
  await line.getByRole('button', { name: 'Take back' }).click()
  await expect.poll(() => countAccepted(app)).toBe(0)
  await page.keyboard.press('Control+z')
  await expect.poll(() => countAccepted(app)).toBe(count)
  expect(await app.engine.client.audit.listAccepted()).toEqual(accepted)

  // The report says which findings are accepted, and does not count them as open.
  await page.getByRole('button', { name: 'Check photos' }).click()
  const report = page.getByRole('dialog', { name: 'Check photos' })
  await report.getByRole('radio', { name: /^Everybody known/ }).check()
  await report.getByRole('button', { name: 'Save report as CSV' }).click()
  await expect(report).toBeHidden()
  const [file = ''] = (await app.exportedFiles()).filter((path) => path.endsWith('.csv'))
  const rows: Record<string, string>[] = parse(await readFile(file), { bom: true, columns: true })
  expect(rows.filter((row) => row['Accepted']?.includes('not square'))).toHaveLength(count)
  expect(rows.filter((row) => row['Findings']?.includes('not square'))).toEqual([])
})

test('a finding is accepted on the person card with a reason, undone with the key, and taken back', async ({
  page,
  app,
}) => {
  await app.open(page)
  await readDirectory(page, app)
  await checkEverybody(page, app)
  await chip(page, 'Findings', 'not square').click()
  await page.locator('[role="gridcell"][data-address]').first().dblclick()
  const section = page.locator('[data-section="findings"]')
  const accept = async () => {
    await section.getByRole('button', { name: 'Accept …' }).first().click()
    await section.getByLabel('Reason').fill('a passport picture')
    await section.getByRole('button', { name: 'Accept', exact: true }).click()
    await expect(section).toContainText('a passport picture')
    await expect.poll(() => countAccepted(app)).toBe(1)
  }
  await accept()
  await page.keyboard.press('Control+z')
  await expect.poll(() => countAccepted(app)).toBe(0)
  await expect(section.getByRole('button', { name: 'Take back' })).toHaveCount(0)
  await accept()
  await section.getByRole('button', { name: 'Take back' }).click()
  await expect.poll(() => countAccepted(app)).toBe(0)
  await expect(section).not.toContainText('a passport picture')
})
