import type { OAuthSettings } from '../../shared/settings.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import { createOAuthPlanner } from '../core/connections/plan-oauth.ts'
import type { SignInPrompter, TokenSource, TokenVault } from '../core/connections/ports.ts'
import { createTokenSource } from '../exchange/oauth/create-token-source.ts'
import type { EngineParts } from './engine-parts.ts'
import { networkFor } from './network-for.ts'

/** Who signs in. */
export interface TokenUser {
  readonly address: SmtpAddress
  readonly userName: string
  /** CAs that the account trusts, PEM: the sign-in server's may be among them. */
  readonly authorities?: readonly string[] | undefined
}

/**
 * The access tokens of one account, as settings and command line say.
 * @param prompter who may be asked to sign in now; null: nobody, the account is then signed out
 */
export function tokensOf(
  parts: EngineParts,
  { address, userName, authorities }: TokenUser,
  vault: TokenVault,
  prompter: () => SignInPrompter | null,
): TokenSource {
  const { settings, options, clock } = parts
  const wanted: OAuthSettings = { ...settings.read().oauth, ...options.oauth?.overrides }
  const network = networkFor(parts, options.network, { authorities })
  const planner = createOAuthPlanner(wanted, address)
  return createTokenSource({ userName, planner, vault, prompter, network, clock })
}

/** Asks whoever sits before this engine's host to sign in: the host shows it in its way, and so does every page. */
export function hostPrompter({ host, hub, options, log }: EngineParts): SignInPrompter {
  return {
    way: options.oauth?.way ?? 'browser',
    async show(prompt) {
      const isOpened = prompt !== null && (await host.showSignIn?.(prompt).catch(() => false)) === true
      log.debug('a sign-in is asked for', { kind: prompt?.kind ?? 'over', isOpened })
      hub.emit({ type: 'sign-in-asked', prompt: prompt?.kind === 'browser' ? { ...prompt, isOpened } : prompt })
    },
  }
}
