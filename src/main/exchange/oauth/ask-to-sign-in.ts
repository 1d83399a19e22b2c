import type { AuthenticationResult, PublicClientApplication } from '@azure/msal-node'
import { request } from 'undici'
import { type SignInPrompt, signInPromptSchema } from '../../../shared/connections.ts'
import type { SignInPrompter } from '../../core/connections/ports.ts'

/** What a person sees when the browser comes back. */
const DONE_PAGE = page('You are signed in.', 'Close this page and go back to Rollcall.')
const FAILED_PAGE = page('The sign-in did not work.', 'Close this page. Rollcall says what to do.')

export interface AskOptions {
  readonly client: PublicClientApplication
  readonly scopes: string[]
  /** The user name that the sign-in page begins with. */
  readonly loginHint: string
  /** A sign-in server that is none of Microsoft's. */
  readonly isOpenId: boolean
  readonly prompter: SignInPrompter
  readonly signal: AbortSignal
}

/**
 * Has a person sign in: authorization code with PKCE in the system's browser, back to a port of this machine; or a code to type
 * (RFC 8252, RFC 8628). Rejects with what the library throws, and as soon as the signal is aborted.
 */
export async function askToSignIn(options: AskOptions): Promise<AuthenticationResult | null> {
  const { prompter, signal } = options
  const aborted = Promise.withResolvers<never>()
  const abort = (): void => aborted.reject(new Error('cancelled'))
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  try {
    const asking = prompter.way === 'browser' ? askInBrowser(options) : askByCode(options)
    return await Promise.race([asking, aborted.promise])
  } finally {
    signal.removeEventListener('abort', abort)
    await prompter.show(null)
  }
}

function askInBrowser(options: AskOptions): Promise<AuthenticationResult> {
  const { client, scopes, loginHint, isOpenId, prompter, signal } = options
  const asking = client.acquireTokenInteractive({
    scopes,
    loginHint,
    // Without it a provider that goes by the book gives no refresh token (OpenID Connect Core 11); Microsoft's need no asking.
    ...(isOpenId && { prompt: 'consent' }),
    successTemplate: DONE_PAGE,
    errorTemplate: FAILED_PAGE,
    async openBrowser(address) {
      const url = new URL(address)
      const end = (): void => void endWaiting(url)
      signal.addEventListener('abort', end, { once: true })
      if (signal.aborted) end()
      await prompter.show(checked({ kind: 'browser', url: url.href, isOpened: false }))
    },
  })
  // Once aborted nobody waits for it any more.
  asking.catch(() => {})
  return asking
}

function askByCode({ client, scopes, prompter, signal }: AskOptions): Promise<AuthenticationResult | null> {
  const question: Parameters<typeof client.acquireTokenByDeviceCode>[0] = {
    scopes,
    deviceCodeCallback: ({ verificationUri, userCode }) => {
      void prompter.show(checked({ kind: 'device-code', url: verificationUri, code: userCode }))
    },
  }
  signal.addEventListener('abort', () => {
    question.cancel = true
  })
  const asking = client.acquireTokenByDeviceCode(question)
  asking.catch(() => {})
  return asking
}

/** Whatever a provider names, only https is shown and opened. */
function checked(prompt: SignInPrompt): SignInPrompt {
  const parsed = signInPromptSchema.safeParse(prompt)
  if (!parsed.success) throw Object.assign(new Error('not https'), { errorCode: 'not-https' })
  return parsed.data
}

/** The library waits on a port of this machine and cannot be told to stop: so it gets the answer of a provider that was refused. */
async function endWaiting(authorization: URL): Promise<void> {
  const back = authorization.searchParams.get('redirect_uri') ?? ''
  const state = authorization.searchParams.get('state') ?? ''
  if (!URL.canParse(back)) return
  const answer = await request(`http://127.0.0.1:${new URL(back).port}/`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ error: 'access_denied', state }).toString(),
  }).catch(() => null)
  await answer?.body.dump()
}

function page(title: string, text: string): string {
  const style = 'font: 16px/1.5 system-ui, sans-serif; max-width: 32em; margin: 15vh auto; padding: 0 1em'
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Rollcall</title><body style="${style}"><h1>${title}</h1><p>${text}</p></body></html>`
}
