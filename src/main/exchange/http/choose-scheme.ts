import type { AuthChoice } from '../../../shared/connections.ts'
import type { Credentials } from '../../core/connections/ports.ts'

/** The sign-in schemes that are spoken. */
export type Scheme = 'negotiate' | 'ntlm' | 'bearer' | 'basic'

export type SchemeChoice =
  | { readonly kind: 'use'; readonly scheme: Scheme }
  /** The server offers nothing that may be used. */
  | { readonly kind: 'not-offered' }
  /** The server offers something that a password is needed for, and there is none. */
  | { readonly kind: 'no-password' }
  | { readonly kind: 'not-supported'; readonly feature: string }

/**
 * Chooses how to sign in. Left to itself: Negotiate, NTLM, Bearer, Basic, as far as there is what each of them needs. Basic is
 * used only when nothing else is offered: a server, or whoever stands before it, must not talk the password out of Rollcall
 * (protocol.md 2.7). A typed password goes to NTLM before Kerberos: NTLM is bound to the TLS channel here, Kerberos cannot be
 * (decision 13), and trying both would be two failed logons for one wrong password.
 * @param offered schemes of the 401, in lower case
 */
export function chooseScheme(
  offered: readonly string[],
  choice: AuthChoice,
  { password, tickets }: Pick<Credentials, 'password' | 'tickets'>,
): SchemeChoice {
  const hasPassword = password !== ''
  switch (choice) {
    case 'negotiate':
      if (tickets === undefined) return { kind: 'not-supported', feature: 'Sign-in by Kerberos on this machine' }
      return offered.includes(choice) ? { kind: 'use', scheme: choice } : { kind: 'not-offered' }
    case 'bearer':
      return offered.includes(choice) ? { kind: 'use', scheme: choice } : { kind: 'not-offered' }
    case 'ntlm':
    case 'basic':
      if (!offered.includes(choice)) return { kind: 'not-offered' }
      return hasPassword ? { kind: 'use', scheme: choice } : { kind: 'no-password' }
    case 'auto':
      return chooseStrongest(offered, hasPassword, tickets?.canUsePassword ?? null)
  }
}

/** @param canUsePassword of Kerberos; null: there is no Kerberos */
function chooseStrongest(
  offered: readonly string[],
  hasPassword: boolean,
  canUsePassword: boolean | null,
): SchemeChoice {
  const isNegotiateOffered = offered.includes('negotiate') && canUsePassword !== null
  if (isNegotiateOffered && !hasPassword) return { kind: 'use', scheme: 'negotiate' }
  if (offered.includes('ntlm') && hasPassword) return { kind: 'use', scheme: 'ntlm' }
  if (isNegotiateOffered && canUsePassword === true) return { kind: 'use', scheme: 'negotiate' }
  if (offered.includes('bearer')) return { kind: 'use', scheme: 'bearer' }
  if (offered.includes('ntlm')) return { kind: 'no-password' }
  const isBasicAll = offered.length > 0 && offered.every((scheme) => scheme === 'basic')
  if (!isBasicAll) return { kind: 'not-offered' }
  return hasPassword ? { kind: 'use', scheme: 'basic' } : { kind: 'no-password' }
}
