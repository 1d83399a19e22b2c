import { z } from 'zod'
import { toHostName } from './host-name.ts'

/** An LDAP server, and where in its tree to look. Every connection to it is encrypted. */
export interface LdapServer {
  /** In lower case; an IPv6 address without brackets. */
  readonly host: string
  readonly port: number
  /** `ldap:`: the connection begins in the clear and is encrypted (StartTLS) before anything is asked; else `ldaps:`. */
  readonly isStartTls: boolean
  /** The distinguished name below which people are; empty: as the server says. */
  readonly base: string
}

const PORTS = { 'ldaps:': 636, 'ldap:': 389 } as const

/** The longest distinguished name that is taken. */
const MAX_BASE_LENGTH = 1_000

/**
 * Reads `ldaps://HOST[:PORT][/BASE]` or `ldap://HOST[:PORT][/BASE]`. Null for everything else: other schemes, a user name or
 * password, a query.
 * @see RFC 4516
 */
export function parseLdapUrl(text: string): LdapServer | null {
  if (text.length > 2_000 || !URL.canParse(text)) return null
  const url = new URL(text)
  if (url.protocol !== 'ldaps:' && url.protocol !== 'ldap:') return null
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return null
  const host = toHost(url.hostname)
  const base = decode(url.pathname.replace(/^\//, ''))
  if (host === null || base === null || base.length > MAX_BASE_LENGTH || /\p{Cc}/u.test(base)) return null
  const port = url.port === '' ? PORTS[url.protocol] : Number(url.port)
  return port === 0 ? null : { host, port, isStartTls: url.protocol === 'ldap:', base }
}

/** The server as a URL: without its base, which says nothing of where it is. */
export function ldapOrigin({ host, port, isStartTls }: LdapServer): string {
  const scheme = isStartTls ? 'ldap:' : 'ldaps:'
  return `${scheme}//${host.includes(':') ? `[${host}]` : host}${port === PORTS[scheme] ? '' : `:${port}`}`
}

/** An address of an LDAP server, as it is typed and kept. */
export const ldapUrlSchema = z.string().refine((text) => parseLdapUrl(text) !== null)

function toHost(hostname: string): string | null {
  if (/^\[[0-9a-f:.]+\]$/i.test(hostname)) return hostname.slice(1, -1).toLowerCase()
  return toHostName(decode(hostname) ?? '')
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

/** The LDAP server of an account, as the window and the command line see it. Never its password. */
export const ldapAccountSchema = z.object({
  url: ldapUrlSchema,
  /** Who signs in there; empty: as at Exchange. */
  userName: z.string(),
  /** With people whom an administrator hid from address lists. */
  isHiddenIncluded: z.boolean(),
  /** Where the password of `userName` is; `nowhere` without a user name of its own. */
  secretKeptIn: z.enum(['os-store', 'this-run', 'nowhere']),
})
export type LdapAccount = z.infer<typeof ldapAccountSchema>

/** What a person sets. The password goes in, and never comes back out. */
export const ldapInputSchema = z.object({
  url: ldapUrlSchema,
  /** A UPN, `DOMAIN\\user` or a distinguished name; empty: as at Exchange. */
  userName: z.string().trim().max(1_000).default(''),
  /** Left out: the one that is kept. */
  password: z.string().min(1).max(1_024).optional(),
  isHiddenIncluded: z.boolean().default(false),
  /** Keep the password in the operating system's store. */
  isRemembered: z.boolean().default(true),
})
export type LdapInput = z.output<typeof ldapInputSchema>
