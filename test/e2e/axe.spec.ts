import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import { startApp } from '../support/start-app.ts'
import { goTo, PLACES } from './places.ts'
import { expect, test } from './shared-app.ts'
import { violationsOf } from './violations-of.ts'

const THEMES = ['light', 'dark'] as const
/** Every place in both themes takes minutes: `npm run test:long` goes to all of them. */
const isLong = process.env['ROLLCALL_TEST_LONG'] !== undefined
const GONE_TO = isLong
  ? Object.keys(PLACES)
  : ['selection', 'table', 'person card', 'list of sizes', 'tile menu', 'library']

for (const colorScheme of THEMES) {
  test(`axe finds nothing in ${colorScheme}, wherever one goes`, async ({ page, shared }) => {
    test.setTimeout(600_000)
    // Few large faces: each is like the others, and axe looks at every one.
    await shared.app.engine.client.settings.update({ appearance: { tilePx: 240 } })
    await page.setViewportSize({ width: 1024, height: 640 })
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    const found: Record<string, string[]> = {}
    // The whole way has every place in both themes, the short one each in one of them.
    const places = GONE_TO.filter((_, at) => isLong || at % 2 === THEMES.indexOf(colorScheme))
    for (const place of places) {
      const open = PLACES[place]
      if (open === undefined) throw new Error(`There is no place called ${place}.`)
      await test.step(place, async () => {
        await goTo(page, shared, open)
        const violations = await violationsOf(page)
        if (violations.length > 0) found[place] = violations
        await shared.app.engine.client.settings.update({ appearance: { view: 'faces', group: 'none' } })
      })
    }
    expect(found).toEqual({})
  })
}

for (const colorScheme of THEMES) {
  test.describe(`away from the server, in ${colorScheme}`, () => {
    test.skip(!isLong, 'looked at by npm run test:long')

    test('axe finds nothing before there is an account', async ({ browser }) => {
      const exchange = await startDemoExchange({ people: 20 })
      const app = await startApp(exchange, 'nothing')
      const page = await browser.newPage({ colorScheme, locale: 'en-GB' })
      await page.goto(app.url)
      await expect(page.getByText('No account is connected').first()).toBeVisible()
      expect(await violationsOf(page)).toEqual([])
      await page.getByRole('main').getByRole('button', { name: 'Connect an account' }).click()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /advanced/i })
        .click()
      expect(await violationsOf(page)).toEqual([])
      // The address lets in once: somebody else is told so.
      const stranger = await browser.newPage({ colorScheme, locale: 'en-GB' })
      await stranger.goto(app.url)
      await expect(stranger.getByRole('main')).toBeVisible()
      expect(await violationsOf(stranger)).toEqual([])
      await stranger.close()
      await page.close()
      await app.close()
      await exchange.close()
    })

    test('axe finds nothing when the server asks for a pause, nor when it is gone', async ({ browser }) => {
      const exchange = await startDemoExchange({ people: 20 })
      const app = await startApp(exchange, 'demo')
      await app.engine.client.people.startReadDirectory()
      const page = await browser.newPage({ colorScheme, locale: 'en-GB' })
      await page.goto(app.url)
      await page.locator('[data-index="0"]').click()
      exchange.script.answerBusyAfter(0, { status: 503, retryAfterSeconds: 55, count: 1 })
      await page.keyboard.press('F5')
      await expect(page.locator('[data-banner="pause"]')).toBeVisible()
      expect(await violationsOf(page)).toEqual([])
      await exchange.close()
      await app.restart()
      await page.goto(app.url)
      await expect(page.getByRole('button', { name: 'Try again' }).first()).toBeVisible()
      expect(await violationsOf(page)).toEqual([])
      await page.close()
      await app.close()
    })
  })
}
