import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import envPaths from 'env-paths'
import { z } from 'zod'
import { AUTH_CHOICES, type AuthChoice } from '../../../shared/connections.ts'
import { toHostName } from '../../../shared/host-name.ts'
import { parseLdapUrl } from '../../../shared/ldap.ts'
import { parseSmtpAddress, type SmtpAddress } from '../../../shared/smtp-address.ts'
import type { EngineOptions } from '../../engine/host-ports.ts'
import { addClientCertificateOptions, type ClientCertificateOptions } from './client-certificate-options.ts'
import { addOAuthOptions, type OAuthOptions } from './oauth-options.ts'

const LOG_LEVELS = ['silent', 'error', 'warn', 'info', 'debug'] as const

type ResolveRule = EngineOptions['network']['resolveRules'][number]

/** Options that every command has. */
export interface GlobalOptions extends OAuthOptions, ClientCertificateOptions {
  readonly json: boolean
  readonly dataDir: string
  readonly demo: boolean
  /** Size of the demo organisation. */
  readonly people?: number
  readonly account?: SmtpAddress
  readonly passwordStdin: boolean
  readonly user?: string
  readonly auth?: AuthChoice
  readonly caFile?: string
  /** SHA-256 fingerprints of certificates that are trusted whoever issued them. */
  readonly pinSha256: readonly string[]
  readonly server?: string
  readonly resolve: readonly ResolveRule[]
  /** Hosts outside the mail domain that may be given the credentials. */
  readonly trustHost: readonly string[]
  /** The organisation's LDAP server. */
  readonly ldap?: string
  readonly onlineLookup?: boolean
  readonly dnsServer?: string
  readonly concurrency?: number
  readonly logLevel: (typeof LOG_LEVELS)[number]
}

/** What holds where an option was left out. */
const UNSET = {
  json: false,
  demo: false,
  passwordStdin: false,
  resolve: [],
  trustHost: [],
  pinSha256: [],
  clientCertificate: [],
  clientPassphraseStdin: false,
} as const

/** The options as given, what was left out filled in. */
export function readGlobalOptions(command: Command): GlobalOptions {
  return {
    ...UNSET,
    ...command.optsWithGlobals<Omit<GlobalOptions, keyof typeof UNSET> & Partial<GlobalOptions>>(),
  }
}

/** Adds the options to the program; they may stand before or after the command. */
export function addGlobalOptions(program: Command): Command {
  program
    .option('--json', 'one JSON object a line on stdout')
    .addOption(
      new Option('--data-dir <dir>', 'folder for accounts, settings and libraries')
        .argParser((text) => resolve(text))
        .default(envPaths('Rollcall', { suffix: '' }).data, 'the user’s data folder'),
    )
    .option('--demo', 'use the built-in demo organisation')
    .option('--people <n>', 'size of the demo organisation', parseCount(1, 1_000_000))
    .option('--account <address>', 'e-mail address of the account to use or to connect', parseAddress)
    .option('--password-stdin', 'read the password from the first line of stdin')
    .option('--user <name>', 'user name, when it is not the address: DOMAIN\\user or a UPN', parseUser)
    .addOption(new Option('--auth <scheme>', 'how to sign in (default: auto)').choices([...AUTH_CHOICES].sort()))
  return addClientCertificateOptions(addOAuthOptions(program))
    .option('--ca-file <pem>', 'trust these certificates too (PEM)')
    .option(
      '--pin-sha256 <hex>',
      'trust the certificate with this SHA-256 fingerprint, whoever issued it; kept with the account; repeatable',
      (text, previous: readonly string[] | undefined) => [...(previous ?? []), parseFingerprint(text)],
    )
    .option('--server <ews-url>', 'address of Exchange Web Services; nothing is discovered then', parseHttpsUrl)
    .option(
      '--resolve <host:port:address[:port]>',
      'go to ADDRESS for HOST:PORT, like curl’s; repeatable',
      (text, previous: readonly ResolveRule[] | undefined) => [...(previous ?? []), parseResolveRule(text)],
    )
    .option(
      '--trust-host <host>',
      'a host outside the mail domain that discovery may give the password; kept with the account; repeatable',
      (text, previous: readonly string[] | undefined) => [...(previous ?? []), parseHost(text)],
    )
    .option(
      '--ldap <url>',
      'the organisation’s LDAP server, ldaps://HOST[:PORT][/BASE]; ldap:// is encrypted by StartTLS; kept with the account',
      parseLdap,
    )
    .option('--online-lookup', 'ask Exchange Online’s lookup, too; it is then told the address (default: as set)')
    .option('--dns-server <address:port>', 'ask this DNS server', parseDnsServer)
    .option('--concurrency <n>', 'requests at the same time, 1 to 16 (default: as set)', parseCount(1, 16))
    .addOption(new Option('--log-level <level>', 'how much to log').choices(LOG_LEVELS).default('warn'))
}

/** A whole number between the limits, both included. */
export function parseCount(min: number, max: number): (text: string) => number {
  return (text) => {
    const count = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
    if (!(count >= min && count <= max)) throw new InvalidArgumentError(`Not a whole number from ${min} to ${max}.`)
    return count
  }
}

/** An e-mail address. */
export function parseAddress(text: string): SmtpAddress {
  const address = parseSmtpAddress(text)
  if (address === null) throw new InvalidArgumentError('Not an e-mail address.')
  return address
}

function parseUser(text: string): string {
  if (text === '' || text.length > 320) throw new InvalidArgumentError('A user name has 1 to 320 characters.')
  return text
}

function parseHost(text: string): string {
  const host = toHostName(text)
  if (host === null || !host.includes('.')) throw new InvalidArgumentError('Not a host name.')
  return host
}

function parseFingerprint(text: string): string {
  if (!/^([0-9A-Fa-f]{2}:?){32}$/.test(text))
    throw new InvalidArgumentError('Not a SHA-256 fingerprint (64 hexadecimal digits).')
  return text
}

function parseLdap(text: string): string {
  if (parseLdapUrl(text) === null)
    throw new InvalidArgumentError('Not ldaps://HOST[:PORT][/BASE] or ldap://HOST[:PORT][/BASE], without a user name.')
  return text
}

const httpsUrlSchema = z.url({ protocol: /^https$/ })

function parseHttpsUrl(text: string): string {
  if (!httpsUrlSchema.safeParse(text).success) throw new InvalidArgumentError('Not an https address.')
  const url = new URL(text)
  if (url.username !== '' || url.password !== '')
    throw new InvalidArgumentError('A user name or password does not belong into an address.')
  return text.replace(/\/+$/, '')
}

/** `HOST:PORT:ADDRESS[:PORT]`; an IPv6 address stands in brackets. Without the second port the first one counts. */
export function parseResolveRule(text: string): ResolveRule {
  const match = /^([^:[\]\s]+):(\d{1,5}):(\[[^\]]+\]|[^:[\]\s]+)(?::(\d{1,5}))?$/.exec(text)
  const [, host, port, bracketed, toPort] = match ?? []
  if (host === undefined || port === undefined || bracketed === undefined)
    throw new InvalidArgumentError('Not HOST:PORT:ADDRESS[:PORT].')
  const toAddress = bracketed.replace(/^\[|\]$/g, '')
  if (isIP(toAddress) === 0) throw new InvalidArgumentError(`${toAddress} is not an IP address.`)
  return { host: host.toLowerCase(), port: parsePort(port), toAddress, toPort: parsePort(toPort ?? port) }
}

function parseDnsServer(text: string): string {
  const match = /^(\[[^\]]+\]|[^:[\]\s]+):(\d{1,5})$/.exec(text)
  const [, address, port] = match ?? []
  if (address === undefined || port === undefined || isIP(address.replace(/^\[|\]$/g, '')) === 0)
    throw new InvalidArgumentError('Not ADDRESS:PORT; the address is an IP address.')
  return `${address}:${parsePort(port)}`
}

/** A TCP port, 1 to 65535. */
export function parsePort(text: string): number {
  return parseCount(1, 65_535)(text)
}
