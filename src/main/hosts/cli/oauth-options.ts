import { type Command, InvalidArgumentError } from 'commander'
import type { SignInPrompt } from '../../../shared/connections.ts'
import { type OAuthSettings, settingsSchema } from '../../../shared/settings.ts'
import type { EngineOptions } from '../../engine/host-ports.ts'
import type { Output } from './output.ts'

/** Options about modern sign-in; what is left out is as in the settings. */
export interface OAuthOptions {
  readonly oauthClientId?: string
  readonly oauthTenant?: string
  readonly oauthAuthority?: string
  readonly oauthScope?: string
}

/** Adds them to the program. */
export function addOAuthOptions(program: Command): Command {
  return program
    .option('--oauth-client-id <id>', 'client id of the registration, for --auth bearer', parse('clientId'))
    .option('--oauth-tenant <tenant>', 'directory (tenant) id or domain', parse('tenant'))
    .option(
      '--oauth-authority <url>',
      'sign-in server, when it is not Microsoft’s: AD FS or OpenID',
      parse('authority'),
    )
    .option(
      '--oauth-scope <scopes>',
      'what to ask for, separated by spaces (default: EWS of the server)',
      parse('scope'),
    )
}

/** What the engine is told of them. On a command line a code is typed into a browser anywhere. */
export function oauthOf(options: OAuthOptions, way: 'browser' | 'device-code'): NonNullable<EngineOptions['oauth']> {
  const { oauthClientId, oauthTenant, oauthAuthority, oauthScope } = options
  const overrides = {
    ...(oauthClientId !== undefined && { clientId: oauthClientId }),
    ...(oauthTenant !== undefined && { tenant: oauthTenant }),
    ...(oauthAuthority !== undefined && { authority: oauthAuthority }),
    ...(oauthScope !== undefined && { scope: oauthScope }),
  }
  return { way, overrides }
}

/** Tells on stderr where to sign in. */
export function tellSignIn(output: Output, prompt: SignInPrompt): boolean {
  if (prompt.kind === 'device-code') output.message(`To sign in, open ${prompt.url} and enter the code ${prompt.code}.`)
  else output.message(`To sign in, open ${prompt.url}`)
  return true
}

function parse(name: keyof OAuthSettings): (text: string) => string {
  return (text) => {
    const parsed = settingsSchema.safeParse({ oauth: { [name]: text } })
    if (!parsed.success) {
      throw new InvalidArgumentError(name === 'authority' ? 'Not an https address.' : 'Not acceptable.')
    }
    return parsed.data.oauth[name]
  }
}
