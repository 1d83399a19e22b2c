import { fail, ok, type Result } from '../../../shared/result.ts'
import { askEngine } from './ask-engine.ts'
import type { CommandContext } from './command-context.ts'
import type { OpenSession } from './open-session.ts'
import { readSecretLines } from './read-secret-lines.ts'

/** How the LDAP server is asked; what is left out stays as it is kept with the account. */
export interface LdapOptions {
  readonly ldapUser?: string
  readonly ldapPasswordStdin?: boolean
  readonly hidden?: boolean
}

/** Keeps with the account what the options say of its LDAP server. Fails with `invalid-input` where there is none. */
export async function applyLdapOptions(
  { options: { ldap }, stdin, signal }: CommandContext,
  { engine }: OpenSession,
  options: LdapOptions,
): Promise<Result<null>> {
  const { connections } = engine.client
  const kept = await askEngine(connections.readLdap())
  if (!kept.ok) return kept
  const url = ldap ?? kept.value?.url
  if (url === undefined) return fail({ code: 'invalid-input', field: '--ldap', reason: 'Give the LDAP server' })
  const asked = options.ldapPasswordStdin === true ? ['--ldap-password-stdin'] : []
  const secrets = await readSecretLines(stdin, asked, signal)
  if (!secrets.ok) return secrets
  const [password] = secrets.value
  const set = await askEngine(
    connections.setLdap({
      url,
      userName: options.ldapUser ?? kept.value?.userName ?? '',
      isHiddenIncluded: options.hidden ?? kept.value?.isHiddenIncluded ?? false,
      ...(password !== undefined && { password }),
    }),
  )
  return set.ok ? ok(null) : set
}
