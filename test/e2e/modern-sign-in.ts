import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { CLIENT_ID, type startOpenIdProvider } from '../support/start-openid-provider.ts'
import { type Connection, openConnect, type ServerOptions } from './connection.ts'

const SCOPE = 'https://mail.fjordline.example/EWS.AccessAsUser.All'

type Provider = Awaited<ReturnType<typeof startOpenIdProvider>>

/** A server that takes what a provider gives, and a Rollcall that is registered there. @param folder where pictures are kept */
export async function startModern(
  startServer: (options?: ServerOptions) => Promise<Connection>,
  provider: Provider,
  folder: string,
): Promise<Connection> {
  const connection = await startServer({
    ...{ cacheDir: folder, schemes: ['bearer'], bearer: provider.bearer },
    network: ({ resolveRules }) => ({ resolveRules: [...resolveRules, ...provider.resolveRules] }),
  })
  await connection.app.engine.client.settings.update({ oauth: { clientId: CLIENT_ID, scope: SCOPE } })
  return connection
}

/** Enters the address and waits for the page on which one signs in. */
export async function askToSignIn(page: Page, { user }: Connection): Promise<{ dialog: Locator; link: Locator }> {
  const dialog = await openConnect(page)
  await dialog.getByLabel('E-mail address').fill(user.address)
  await dialog.getByRole('button', { name: 'Connect', exact: true }).click()
  const link = dialog.getByRole('link', { name: /^Open fjordline\.example/ })
  await expect(link).toBeVisible()
  return { dialog, link }
}
