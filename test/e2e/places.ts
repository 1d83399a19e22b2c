import type { Page } from '@playwright/test'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import type { SharedApp } from './shared-app.ts'
import { expect } from './shared-app.ts'

/** Opens a place of the window, from the grid with its first photo chosen. */
type Open = (page: Page, shared: SharedApp) => Promise<unknown>

const button = (page: Page, name: RegExp) => page.getByRole('button', { name })

/** The first tile that has a photo. */
export const faceOf = (page: Page) => page.locator('[role="gridcell"]:has(img)').first()

async function chooseThree(page: Page): Promise<void> {
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
}

async function chooseInScopeMenu(page: Page, name: string): Promise<void> {
  await button(page, /^Scope/).click()
  await page.getByRole('menuitem', { name }).click()
}

/** The last person who has a photo, with two earlier ones. */
async function openEarlierVersions(page: Page, { exchange, app }: SharedApp): Promise<void> {
  const address = exchange.truth().findLast(({ photoCase }) => photoCase === 'plain')?.address ?? ''
  for (let change = 0; change < 2; change += 1) {
    exchange.script.changePhoto(address)
    await app.engine.client.photos.refresh({ address: smtpAddressSchema.parse(address) })
  }
  await page.getByRole('searchbox').fill(address)
  await page.locator(`[role="gridcell"][data-address="${address}"]`).dblclick()
  await page.getByRole('article').getByRole('button', { name: 'Compare with today’s' }).click()
  await page.getByRole('dialog').getByRole('listitem').nth(1).waitFor()
}

const settingsPage =
  (name: string): Open =>
  async (page) => {
    await page.keyboard.press('Control+,')
    await page.getByRole('dialog').getByRole('tab', { name, exact: true }).click()
  }

/** Dialogs, each with the words on the button that it is about; what closes it where it asks for nothing. */
export const DIALOGS: Readonly<Record<string, { readonly open: Open; readonly primary: string }>> = {
  check: {
    open: async (page) => {
      await page.keyboard.press('Control+k')
      await expect(page.getByRole('dialog')).toContainText('requests')
    },
    primary: 'Start check',
  },
  export: {
    open: async (page) => {
      await page.keyboard.press('Control+e')
      await expect(page.getByRole('dialog')).toContainText('Files such as')
    },
    primary: 'Export',
  },
  findings: {
    open: async (page) => {
      await faceOf(page).click({ button: 'right' })
      await page.getByRole('menuitem', { name: 'Findings …' }).click()
      await page.getByRole('dialog', { name: 'Findings' }).waitFor()
    },
    primary: 'Close',
  },
  keys: { open: (page) => page.keyboard.press('F1'), primary: 'Close' },
  'pasted list': {
    open: async (page, { exchange }) => {
      await chooseInScopeMenu(page, 'From a list or a CSV…')
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('textbox').first().fill(`${exchange.people[0]?.address}\nnobody@fjordline.example`)
      await dialog.getByRole('button', { name: 'Find these people' }).click()
      await dialog.getByRole('status').waitFor()
    },
    primary: 'Show 1 person',
  },
  'distribution list': {
    open: (page) => chooseInScopeMenu(page, 'From a distribution list…'),
    primary: 'Read its members',
  },
  compare: {
    open: async (page) => {
      await chooseThree(page)
      await page.keyboard.press('Control+d')
      await page.getByRole('dialog').getByRole('listitem').nth(2).waitFor()
    },
    primary: 'Close (Esc)',
  },
  'earlier versions': { open: openEarlierVersions, primary: 'Close (Esc)' },
  doctor: {
    open: async (page) => {
      await button(page, /^Account/).click()
      await page.getByRole('menuitem', { name: 'Check the connection' }).click()
      await expect(page.getByRole('dialog').getByRole('listitem').first()).toBeVisible()
    },
    primary: 'Close',
  },
  connect: {
    open: async (page) => {
      await button(page, /^Account/).click()
      await page.getByRole('menuitem', { name: 'Connect an account' }).click()
    },
    primary: 'Connect',
  },
  appearance: { open: settingsPage('Appearance'), primary: 'Close' },
  accounts: { open: settingsPage('Accounts'), primary: 'Close' },
  library: { open: settingsPage('Library'), primary: 'Close' },
  checks: { open: settingsPage('Checks'), primary: 'Close' },
  'export defaults': { open: settingsPage('Export'), primary: 'Close' },
  network: { open: settingsPage('Network'), primary: 'Close' },
  privacy: { open: settingsPage('Privacy'), primary: 'Close' },
  'sign-in': { open: settingsPage('Sign-in'), primary: 'Close' },
}

/** Everything else that the window of an account that is online shows. */
export const VIEWS: Readonly<Record<string, Open>> = {
  grid: async () => undefined,
  selection: chooseThree,
  table: (page) => page.keyboard.press('Control+g'),
  groups: async (page, { app }) => {
    await app.engine.client.settings.update({ appearance: { group: 'office' } })
    await page.getByRole('rowheader').first().waitFor()
  },
  search: (page) => page.getByRole('searchbox').fill('an'),
  'nothing found': (page) => page.getByRole('searchbox').fill('zzyzx'),
  'filters hide all': async (page) => {
    await page.getByRole('region', { name: 'Kind', exact: true }).getByTitle('Rooms').click()
    await page.getByRole('searchbox').fill('anna')
  },
  'quick look': async (page) => {
    await page.keyboard.press('Space')
    await page.locator('[data-quick-look] img').last().waitFor()
  },
  'person card': async (page) => {
    await page.keyboard.press('Enter')
    await expect(page.getByRole('article').locator('[data-size-code]')).toHaveCount(9)
  },
  'tile menu': async (page) => {
    await faceOf(page).click({ button: 'right' })
    await page.getByRole('menu').waitFor()
  },
  'scope menu': (page) => button(page, /^Scope/).click(),
  'sort menu': (page) => button(page, /^Sort/).click(),
  'account menu': (page) => button(page, /^Account/).click(),
  'more menu': (page) => button(page, /^More/).click(),
  hint: async (page) => {
    await button(page, /^More/).hover()
    await page.getByRole('tooltip').waitFor()
  },
  'list of sizes': async (page) => {
    await page.keyboard.press('Control+e')
    await page.getByRole('dialog').getByRole('combobox').click()
    await page.getByRole('listbox').waitFor()
  },
}

/** Every place of the window. */
export const PLACES: Readonly<Record<string, Open>> = {
  ...VIEWS,
  ...Object.fromEntries(Object.entries(DIALOGS).map(([name, { open }]) => [name, open])),
}

/** The grid as it begins, with the first photo chosen, and then the place. */
export async function goTo(page: Page, shared: SharedApp, open: Open): Promise<void> {
  await page.mouse.move(2, 2)
  await page.reload()
  await faceOf(page).click()
  await open(page, shared)
}
