import type { BearerRealm } from '../../../core/connections/ports.ts'
import { readChallenges } from '../read-challenges.ts'
import type { HttpReply } from '../reply.ts'

/** A tenant's id as issuers are named by; `*` stands for any, and names none. */
const TENANT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Reads what a 401 says of who issues the server's tokens; null when it takes none.
 * @see protocol.md 4.2; MS-OXPROTO
 */
export function readRealm(reply: HttpReply): BearerRealm | null {
  if (reply.status !== 401) return null
  const offer = readChallenges(reply).find(({ scheme }) => scheme === 'bearer')
  if (offer === undefined) return null
  const parameters = new Map<string, string>()
  for (const [, name = '', value = ''] of offer.token.matchAll(/([a-z_]+)\s*=\s*"([^"]*)"/gi)) {
    parameters.set(name.toLowerCase(), value)
  }
  const issuers = (parameters.get('trusted_issuers') ?? '').split(',')
  const tenants = issuers.map((issuer) => issuer.slice(issuer.lastIndexOf('@') + 1).trim())
  return {
    authorizationUri: parameters.get('authorization_uri') ?? null,
    tenant: tenants.find((tenant) => TENANT.test(tenant)) ?? null,
  }
}
