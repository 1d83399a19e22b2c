import type { Locator, Page } from '@playwright/test'
import { EVERYBODY } from '../support/start-app.ts'
import { expect, test } from './shared-app.ts'

const status = (page: Page) => page.locator('[data-status="counts"]')
const tile = (page: Page, index: number) => page.locator(`[role="grid"] [data-index="${index}"]`)
const active = (page: Page) => page.locator('[role="grid"] [data-index]:focus')

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

async function isOnScreen(page: Page, target: Locator): Promise<boolean> {
  const grid = await page.getByRole('grid').boundingBox()
  const box = await target.boundingBox()
  return grid !== null && box !== null && box.y >= grid.y - 1 && box.y + box.height <= grid.y + grid.height + 1
}

test('the keys move, select and let go as in a file manager', async ({ page }) => {
  await tile(page, 0).click()
  await press(page, 'ArrowRight', 'ArrowDown')
  await expect(active(page)).toHaveAttribute('data-index', '8')
  await expect(status(page)).toContainText('1 selected')
  await press(page, 'Control+ArrowRight')
  await expect(active(page)).toHaveAttribute('data-index', '9')
  await expect(tile(page, 8)).toHaveAttribute('aria-selected', 'true')
  await expect(tile(page, 9)).toHaveAttribute('aria-selected', 'false')
  await press(page, 'Control+Space')
  await expect(status(page)).toContainText('2 selected')
  await press(page, 'Control+Space', 'Shift+ArrowRight')
  await expect(tile(page, 10)).toHaveAttribute('aria-selected', 'true')
  await press(page, 'Control+a')
  const total = Number(await page.getByRole('grid').getAttribute('aria-rowcount')) * 7
  await expect(status(page)).not.toContainText(' 0 selected')
  await press(page, 'Control+i')
  await expect(status(page)).toContainText('0 selected')
  await press(page, 'Control+a', 'Control+Shift+A')
  await expect(status(page)).toContainText('0 selected')
  await press(page, 'Control+End')
  await expect(active(page)).toBeVisible()
  expect(await isOnScreen(page, active(page))).toBe(true)
  expect(Number(await active(page).getAttribute('data-index'))).toBeGreaterThan(total - 14)
  await press(page, 'Control+Home', 'PageDown', 'PageUp')
  await expect(active(page)).toHaveAttribute('data-index', '0')
  await press(page, 'Escape')
  await expect(status(page)).toContainText('0 selected')
})

test('typing jumps to a name, and the same letter again to the next', async ({ page }) => {
  await tile(page, 0).click()
  await press(page, 'm')
  await expect(active(page)).not.toHaveAttribute('data-index', '0')
  const first = Number(await active(page).getAttribute('data-index'))
  await expect(active(page)).toContainText(/^M/)
  await press(page, 'm')
  await expect(active(page)).toHaveAttribute('data-index', String(first + 1))
})

test('a rubber band selects what it touches, scrolls along, and Esc takes it back', async ({ page }) => {
  const box = await page.getByRole('grid').boundingBox()
  if (box === null) throw new Error('There is no grid.')
  await page.mouse.move(box.x + 8, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + 280, box.y + 260, { steps: 4 })
  await expect(page.locator('[data-band]')).toBeVisible()
  await expect(status(page)).toContainText('4 selected')
  await page.mouse.move(box.x + 280, box.y + box.height + 60)
  await expect(status(page)).toContainText(/([2-9]\d|1\d\d) selected/)
  await press(page, 'Escape')
  await expect(page.locator('[data-band]')).toHaveCount(0)
  await expect(status(page)).toContainText('0 selected')
  await page.mouse.up()
})

test('groups have headings with counts that stay in sight, and a click selects one', async ({ page }) => {
  await page.getByRole('button', { name: /^Sort/ }).click()
  await page.getByRole('menuitemradio', { name: 'Office' }).last().click()
  await press(page, 'Escape')
  const heading = page.locator('[data-sticky-heading]')
  const count = await heading.locator('span').nth(1).textContent()
  await expect(page.getByRole('rowheader').first()).toContainText(count ?? 'a count')
  await heading.locator('[data-group-first]').click()
  await expect(status(page)).toContainText(`${count} selected`)
  const name = await page.locator('[data-sticky-heading]').getAttribute('data-sticky-heading')
  await page.getByRole('grid').hover()
  await page.mouse.wheel(0, 4000)
  await expect(page.locator('[data-sticky-heading]')).not.toHaveAttribute('data-sticky-heading', name ?? '')
})

test('the table shows the same people and the same selection, and sorts by its headings', async ({ page }) => {
  await tile(page, 2).click()
  const address = (await tile(page, 2).getAttribute('data-address')) ?? ''
  await press(page, 'Control+g')
  /** How far the first person lies below the headings, px: not covered by them. */
  const gapBelowHeadings = async () => {
    const head = await page.locator('[role="row"][aria-rowindex="1"]').boundingBox()
    const first = await page.locator('[role="row"][data-index="0"]').boundingBox()
    return (first?.y ?? Number.NaN) - (head?.y ?? 0) - (head?.height ?? 0)
  }
  await expect.poll(gapBelowHeadings).toBeGreaterThanOrEqual(-1)
  const row = page.locator(`[role="row"][data-address="${address}"]`)
  await expect(row).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'ascending')
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
  await expect(page.getByRole('columnheader', { name: 'Name' })).toHaveAttribute('aria-sort', 'descending')
  await expect(row).toHaveCount(0)
  await expect(status(page)).toContainText('1 selected')
  await press(page, 'Control+g')
  await expect(page.getByRole('columnheader')).toHaveCount(0)
})

test('zooming neither asks for a photo again nor blanks one', async ({ page, shared }) => {
  await expect(tile(page, 20)).toBeVisible()
  await expect
    .poll(async () => (await shared.app.engine.client.jobs.list()).filter((j) => j.state === 'running').length)
    .toBe(0)
  await page.waitForLoadState('networkidle')
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await tile(page, 0).click()
  for (const key of ['-', '-', '+', '+']) {
    const blanks = await page.evaluate(async (pressed) => {
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }))
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
      await frame()
      await frame()
      const area = document.querySelector('[role="grid"]')?.getBoundingClientRect()
      const onScreen = [...document.querySelectorAll<HTMLImageElement>('[role="grid"] img')].filter((image) => {
        const { top, bottom } = image.getBoundingClientRect()
        return area !== undefined && bottom > area.top && top < area.bottom - 200
      })
      return onScreen.filter((image) => !image.complete || image.naturalWidth === 0).length
    }, key)
    expect(blanks).toBe(0)
  }
  const sameTwice = asked.filter((url, at) => asked.indexOf(url) !== at && url.includes('/photo'))
  expect(sameTwice).toEqual([])
})

test('whoever has the keyboard after a search is shown whole at once, with what is the matter', async ({
  page,
  shared,
}) => {
  const { rows } = await shared.app.engine.client.people.search({ query: EVERYBODY, offset: 100, limit: 1 })
  const address = rows[0]?.address ?? ''
  const seen = page.evaluate(async (wanted) => {
    const appeared = Promise.withResolvers<string>()
    const observer = new MutationObserver(() => {
      const tile = document.querySelector(`[data-address="${wanted}"]`)
      if (tile !== null) appeared.resolve(tile.textContent ?? '')
    })
    observer.observe(document.body, { childList: true, subtree: true })
    return appeared.promise
  }, address)
  await page.getByRole('searchbox').fill(address)
  expect(await seen).toMatch(/photo|thumbnail|not asked|none expected/)
})

test('a size of the faces is kept when the window is gone the moment it was chosen', async ({ page }) => {
  const slider = page.getByRole('contentinfo').getByRole('slider')
  await slider.press('End')
  const chosen = await slider.inputValue()
  await page.reload()
  await expect(slider).toHaveValue(chosen)
})

test('the keys of the window work on the size slider, too', async ({ page }) => {
  const slider = page.getByRole('contentinfo').getByRole('slider')
  const usual = await slider.inputValue()
  await slider.press('End')
  await expect(slider).not.toHaveValue(usual)
  await slider.press('Control+0')
  await expect(slider).toHaveValue(usual)
})

test('quick look: Space, arrows, true size, and back to the same place', async ({ page }) => {
  await tile(page, 1).click()
  const second = (await tile(page, 2).locator('div[dir]').first().textContent()) ?? ''
  await press(page, 'Space')
  const look = page.locator('[data-quick-look]')
  await expect(look).toBeVisible()
  await press(page, 'ArrowRight')
  await expect(look.getByRole('heading', { name: second })).toBeVisible()
  await expect(look).toContainText('3 of ')
  await press(page, 'Control+1')
  await expect(look.getByRole('button', { name: 'True size (Ctrl+1)' })).toHaveText('100 %')
  await press(page, 'Control+0', 'Escape')
  await expect(look).toHaveCount(0)
  await expect(active(page)).toHaveAttribute('data-index', '2')
  await expect(tile(page, 2)).toHaveAttribute('aria-selected', 'true')
  await expect(tile(page, 0)).toBeInViewport()
})

test('the menu acts on the selection, or on the tile that is not in it, and compares two to four', async ({ page }) => {
  await tile(page, 0).click()
  await tile(page, 1).click({ modifiers: ['ControlOrMeta'] })
  await tile(page, 1).click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: 'Export 2 photos' })).toContainText('Ctrl+E')
  await page.getByRole('menuitem', { name: 'Compare' }).click()
  const dialog = page.getByRole('dialog', { name: 'Compare 2 photos' })
  await expect(dialog.getByRole('listitem')).toHaveCount(2)
  await press(page, 'Escape')
  await tile(page, 5).click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: /^Export photo/ })).toBeVisible()
  await press(page, 'Escape')
  await expect(status(page)).toContainText('1 selected')
})

test('a search says by what it found somebody', async ({ page, shared }) => {
  const somebody = shared.exchange.people.find(({ office, kind }) => office !== '' && kind === 'person')
  if (somebody === undefined) throw new Error('Nobody has an office.')
  await page.getByRole('searchbox').fill(somebody.office.slice(0, 4))
  await expect(page.locator('[role="gridcell"] mark').first()).toHaveText(
    new RegExp(`^${somebody.office.slice(0, 4)}`, 'i'),
  )
})

test('the headings of the table are reached with the keyboard', async ({ page }) => {
  await page.locator('[data-index="0"]').click()
  await page.keyboard.press('Control+g')
  await expect(page.locator('[role="row"][data-index="0"]')).toBeFocused()
  await page.keyboard.press('ArrowUp')
  const name = page.getByRole('columnheader', { name: 'Name' })
  await expect(name.getByRole('button')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(name).toHaveAttribute('aria-sort', 'ascending')
  await page.keyboard.press('Enter')
  await expect(name).toHaveAttribute('aria-sort', 'descending')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('columnheader').nth(1).getByRole('button')).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.locator('[role="row"][data-index]:focus')).toHaveCount(1)
})

test('quick look stays among several who are selected', async ({ page }) => {
  await page.locator('[data-index="1"]').click()
  await page.locator('[data-index="4"]').click({ modifiers: ['ControlOrMeta'] })
  await page.locator('[data-index="9"]').click({ modifiers: ['ControlOrMeta'] })
  const first = await page.locator('[data-index="1"] div[dir]').first().textContent()
  await page.keyboard.press('Space')
  const look = page.locator('[data-quick-look]')
  await expect(look).toContainText('3 of 3 selected')
  await page.keyboard.press('Home')
  await expect(look).toContainText('1 of 3 selected')
  await expect(look.getByRole('heading', { name: first ?? '' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.locator('[data-status="counts"]')).toContainText('3 selected')
})

test('a distribution list is not a person without a photo', async ({ page }) => {
  await page.getByRole('region', { name: 'Kind', exact: true }).getByTitle('Distribution lists').click()
  const list = page.locator('[role="gridcell"][data-address]').first()
  await expect(list).toBeVisible()
  await page.waitForLoadState('networkidle')
  await expect(page.locator('[role="gridcell"] [data-mark="none"]')).toHaveCount(0)
  await expect(list).toContainText('distribution list, none expected')
  const photo = page.getByRole('region', { name: 'Photo', exact: true })
  await expect(photo.getByTitle('none expected')).toBeVisible()
  await expect(photo.getByRole('button')).toHaveCount(1)
})

test('the grid begins with people, not with the lists of all of them', async ({ page }) => {
  await expect(page.getByRole('button', { name: 'Sort: People first' })).toBeVisible()
  await expect(page.locator('[role="gridcell"]').filter({ hasText: 'distribution list' })).toHaveCount(0)
  await tile(page, 0).click()
  await press(page, 'Control+End')
  await expect(active(page)).toContainText('distribution list')
})
