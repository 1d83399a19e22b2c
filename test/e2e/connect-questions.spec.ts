import { expect } from '@playwright/test'
import type { DemoExchange } from '../../src/main/demo/demo-types.ts'
import { chooseInAccountMenu, fillAndConnect, openConnect, stateOf, test } from './connection.ts'
import { violationsOf } from './violations-of.ts'

const HOSTER = 'exchange.hoster.example'

/** Autodiscover of the mail domain points to a host outside of it. */
function pointOutside({ script }: DemoExchange): void {
  const url = `https://${HOSTER}/autodiscover/autodiscover.xml`
  for (const host of ['fjordline.example', 'autodiscover.fjordline.example']) {
    for (const service of ['soap', 'pox'] as const) {
      script.answerAutodiscover({ host, service, answer: { kind: 'redirect-url', url } })
    }
  }
}

const askedWithPassword = ({ requests }: DemoExchange) =>
  requests().filter(({ host, hasCredentials }) => host === HOSTER && hasCredentials).length

test.describe('a host outside the mail domain', () => {
  test('gets no password when the question is left with no', async ({ page, startServer }) => {
    const { exchange, app, user } = await startServer({ extraHosts: [HOSTER] })
    pointOutside(exchange)
    const dialog = await openConnect(page)
    await fillAndConnect(dialog, user)
    const question = dialog.getByRole('region', { name: `May ${HOSTER} be given the password?` })
    await expect(question).toContainText('lies outside the mail domain')
    await expect(question).toContainText(/SHA-256([0-9A-F]{2}:){31}[0-9A-F]{2}/)
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await expect(dialog).toBeHidden()
    expect(exchange.requests().some(({ host }) => host === HOSTER)).toBe(true)
    expect(askedWithPassword(exchange)).toBe(0)
    expect(await stateOf(app)).toBe('none')
  })

  test('gets it after yes, which is remembered for the account', async ({ page, startServer }) => {
    const { exchange, app, user } = await startServer({ extraHosts: [HOSTER] })
    pointOutside(exchange)
    const dialog = await openConnect(page)
    await fillAndConnect(dialog, user)
    await dialog.getByRole('button', { name: `Trust ${HOSTER} and continue` }).click()
    await expect(dialog).toBeHidden()
    await expect.poll(() => stateOf(app)).toBe('online')
    expect(askedWithPassword(exchange)).toBeGreaterThan(0)

    await fillAndConnect(await openConnect(page), user)
    await expect(dialog).toBeHidden()
    await expect.poll(() => stateOf(app)).toBe('online')
  })
})

test.describe('a certificate that nobody known issued', () => {
  const untrusted = { network: () => ({ extraCaPem: [] }) }

  test('is shown with its fingerprint, and trusted only after yes', async ({ page, startServer }) => {
    const { exchange, app, user } = await startServer(untrusted)
    const dialog = await openConnect(page)
    await fillAndConnect(dialog, user)
    const question = dialog.getByRole('region', { name: /^The certificate of .* was issued by nobody known$/ })
    await expect(question).toContainText('Compare the SHA-256 fingerprint')
    await expect(question).toContainText('Fjordline Demo CA')
    expect(await violationsOf(page)).toEqual([])
    expect(exchange.requests()).toEqual([])
    await question.getByRole('button', { name: 'Trust this certificate and continue' }).click()
    await expect(dialog).toBeHidden()
    await expect.poll(() => stateOf(app)).toBe('online')

    await chooseInAccountMenu(page, 'Certificates')
    const certificates = page.getByRole('dialog', { name: 'Certificates' })
    await expect(certificates.getByRole('region', { name: 'Trusted server certificates' })).toContainText(
      /([0-9A-F]{2}:){31}/,
    )
    expect(await violationsOf(page)).toEqual([])
    await certificates.getByRole('button', { name: /^Trust no longer: ..:..:..:..…$/ }).click()
    await expect(certificates.getByRole('region', { name: 'Trusted server certificates' })).toBeHidden()
    await expect.poll(() => stateOf(app)).toBe('offline')
  })

  test('that changes after it was trusted is not trusted, and is shown anew', async ({ page, startServer }) => {
    const { exchange, app, user } = await startServer(untrusted)
    const dialog = await openConnect(page)
    const question = dialog.getByRole('region', { name: /^The certificate of .* was issued by nobody known$/ })
    await fillAndConnect(dialog, user)
    const fingerprint = async () => /([0-9A-F]{2}:){31}[0-9A-F]{2}/.exec((await question.textContent()) ?? '')?.[0]
    const first = await fingerprint()
    await question.getByRole('button', { name: 'Trust this certificate and continue' }).click()
    await expect(dialog).toBeHidden()
    await expect.poll(() => stateOf(app)).toBe('online')

    await exchange.script.breakTls('other-certificate')
    await app.engine.client.connections.retry()
    const notices = page.getByRole('region', { name: 'Account notices' })
    await expect(notices).toContainText('is not trusted')
    expect(await violationsOf(page)).toEqual([])
    exchange.clearRequests()
    await fillAndConnect(await openConnect(page), user)
    await expect(question).toBeVisible()
    expect(await fingerprint()).not.toBe(first)
    expect(exchange.requests()).toEqual([])
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    expect(await stateOf(app)).toBe('offline')

    await notices.getByRole('button', { name: 'Show the certificate…' }).click()
    const trust = page.getByRole('dialog', { name: /^The certificate of / })
    await expect(trust).toContainText('another certificate than the one that was agreed to')
    await expect(trust).toContainText(first ?? 'a fingerprint')
    await expect(trust.getByRole('region')).not.toContainText(first ?? 'a fingerprint')
    expect(await violationsOf(page)).toEqual([])
    expect(exchange.requests()).toEqual([])
    await page.keyboard.press('Escape')
    await expect(trust).toBeHidden()
    await expect(notices.getByRole('button', { name: 'Show the certificate…' })).toBeFocused()
    expect(await stateOf(app)).toBe('offline')
    await page.keyboard.press('Enter')
    await trust.getByRole('button', { name: 'Trust this certificate and continue' }).click()
    await expect(trust).toBeHidden()
    await expect.poll(() => stateOf(app)).toBe('online')
    await expect(notices).not.toContainText('is not trusted')
  })
})
