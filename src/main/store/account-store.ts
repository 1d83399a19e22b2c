import { join } from 'node:path'
import { z } from 'zod'
import { authChoiceSchema, endpointsSchema, photoRouteSchema } from '../../shared/connections.ts'
import { ldapUrlSchema } from '../../shared/ldap.ts'
import type { Result } from '../../shared/result.ts'
import { type SmtpAddress, smtpAddressSchema } from '../../shared/smtp-address.ts'
import type { Log } from '../core/ports.ts'
import { readJsonFile, writeJsonFile } from './json-file.ts'

const storedDiscoverySchema = z.strictObject({
  /** Where Autodiscover answered, and is asked first next time; null: nowhere that asks for a sign-in. */
  autodiscoverUrl: z.url({ protocol: /^https$/ }).nullable(),
  /** It was the organisation's own directory that named that place. */
  isInside: z.boolean().optional(),
  foundAtMs: z.number(),
  isOnlineLookupAllowed: z.boolean(),
})

/** How an account's server was found. */
export type StoredDiscovery = z.infer<typeof storedDiscoverySchema>

const storedAccountSchema = z.strictObject({
  address: smtpAddressSchema,
  userName: z.string(),
  auth: authChoiceSchema,
  endpoints: endpointsSchema,
  /** How its server gives photos; absent: not found out yet. */
  photoRoute: photoRouteSchema.optional(),
  /** Hosts outside the mail domain that a person has agreed to give the credentials. */
  agreedHosts: z.array(z.string()).default([]),
  /** Fingerprints of certificates that a person trusts for this account. */
  pins: z.array(z.string()).optional(),
  /** The organisation's LDAP server. */
  ldap: z
    .strictObject({
      url: ldapUrlSchema,
      /** Who signs in there, when it is not the account itself. */
      userName: z.string().optional(),
      isHiddenIncluded: z.boolean().optional(),
    })
    .optional(),
  /** Certificates of CAs that are trusted for this account, PEM. */
  authorities: z.array(z.string()).optional(),
  /** How the last connecting signed in, such as `NTLM`. */
  scheme: z.string().optional(),
  /** Null: the server's address was typed, and is never looked up. */
  discovery: storedDiscoverySchema.nullable().default(null),
})

/** An account as it is kept: never the password or another secret, never the demo organisation. */
export type StoredAccount = z.infer<typeof storedAccountSchema>

const accountFileSchema = z.strictObject({
  accounts: z.array(storedAccountSchema),
  lastUsed: smtpAddressSchema.nullable(),
})

/** The accounts that are kept, in the order in which they came, and which was in use last. */
export interface AccountStore {
  list(): StoredAccount[]
  find(address: SmtpAddress): StoredAccount | null
  lastUsed(): SmtpAddress | null
  /** Adds an account, or replaces the one of the same address. Fails with `not-writable`; it then lasts for this run. */
  save(account: StoredAccount): Result<null>
  setLastUsed(address: SmtpAddress): Result<null>
  remove(address: SmtpAddress): Result<null>
}

/** Opens `accounts.json` in the data folder. */
export function createAccountStore(dataDir: string, log: Log): AccountStore {
  const file = join(dataDir, 'accounts.json')
  let { accounts, lastUsed } = readJsonFile(file, accountFileSchema, { accounts: [], lastUsed: null }, log)
  const keep = () => writeJsonFile(file, { accounts, lastUsed }, log)
  return {
    list: () => [...accounts],
    find: (address) => accounts.find((account) => account.address === address) ?? null,
    lastUsed: () => lastUsed,
    save(account) {
      const isKnown = accounts.some(({ address }) => address === account.address)
      const replaced = accounts.map((known) => (known.address === account.address ? account : known))
      accounts = isKnown ? replaced : [...accounts, account]
      return keep()
    },
    setLastUsed(address) {
      lastUsed = address
      return keep()
    },
    remove(address) {
      accounts = accounts.filter((account) => account.address !== address)
      if (lastUsed === address) lastUsed = null
      return keep()
    },
  }
}
