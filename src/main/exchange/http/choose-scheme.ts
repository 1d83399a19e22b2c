import type { AuthChoice } from '../../../shared/connections.ts'

/** The sign-in schemes that are spoken. */
export type Scheme = 'ntlm' | 'bearer' | 'basic'

export type SchemeChoice =
  | { readonly kind: 'use'; readonly scheme: Scheme }
  /** The server offers nothing that may be used. */
  | { readonly kind: 'not-offered' }
  | { readonly kind: 'not-supported'; readonly feature: string }

/**
 * Chooses how to sign in. Left to itself, Basic is used only when nothing else is offered: a server, or whoever stands
 * before it, must not talk the password out of Rollcall (protocol.md 2.7).
 * @param offered schemes of the 401, in lower case
 */
export function chooseScheme(offered: readonly string[], choice: AuthChoice): SchemeChoice {
  switch (choice) {
    case 'negotiate':
      return { kind: 'not-supported', feature: 'Sign-in by Negotiate' }
    case 'ntlm':
    case 'bearer':
    case 'basic':
      return offered.includes(choice) ? { kind: 'use', scheme: choice } : { kind: 'not-offered' }
    case 'auto':
      if (offered.includes('ntlm')) return { kind: 'use', scheme: 'ntlm' }
      if (offered.includes('bearer')) return { kind: 'use', scheme: 'bearer' }
      return offered.length > 0 && offered.every((scheme) => scheme === 'basic')
        ? { kind: 'use', scheme: 'basic' }
        : { kind: 'not-offered' }
  }
}
