import { z } from 'zod'
import {
  accountSchema,
  authChoiceSchema,
  connectionStatusSchema,
  connectionStepSchema,
  endpointsSchema,
} from '../connections.ts'
import { appErrorSchema } from '../errors.ts'
import { ldapAccountSchema, ldapInputSchema, ldapUrlSchema } from '../ldap.ts'
import { smtpAddressSchema } from '../smtp-address.ts'
import { procedure } from './base.ts'
import { authorityFilesSchema, certificatesContract, clientCertificateFilesSchema } from './certificates.ts'

/** What a person types to connect. The password goes in, and never comes back out. Modern sign-in (`bearer`) needs none. */
export const connectInputSchema = z.object({
  address: smtpAddressSchema,
  password: z.string().max(1024),
  /** When it is not the address: `DOMAIN\\user` or a UPN. */
  userName: z.string().max(320).optional(),
  auth: authChoiceSchema.default('auto'),
  /** A server address typed by hand (F3): discovery is skipped. */
  ewsUrl: z.url({ protocol: /^https$/ }).optional(),
  /** The organisation's LDAP server, `ldaps://` or `ldap://` (StartTLS): asked where Exchange is; kept with the account. */
  ldapUrl: ldapUrlSchema.optional(),
  /** Hosts outside the mail domain that a person has agreed to (an error `consent-needed` names one); kept with the account. */
  agreedHosts: z.array(z.string().min(1).max(253)).max(50).default([]),
  /** Ask Exchange Online's lookup, too, which is told the address. Left out: as the settings say. */
  isOnlineLookupAllowed: z.boolean().optional(),
  /** SHA-256 fingerprints of certificates that a person trusts (an error `certificate-untrusted` shows one); kept with the account. */
  pins: z
    .array(z.string().regex(/^([0-9A-Fa-f]{2}:?){32}$/))
    .max(20)
    .optional(),
  /** CAs to trust for this account beside the system's; left out: those that it has. */
  authorities: authorityFilesSchema.optional(),
  /** Shown to a server that asks for one; null: none; left out: the one that it has. */
  clientCertificate: clientCertificateFilesSchema.nullable().optional(),
  /** Keep the password in the operating system's store. */
  isRemembered: z.boolean().default(true),
})
export type ConnectInput = z.input<typeof connectInputSchema>

/** What connecting came to: every step, and either the account or what went wrong. */
export const connectOutcomeSchema = z.object({
  steps: z.array(connectionStepSchema),
  account: accountSchema.nullable(),
  error: appErrorSchema.nullable(),
  /** What discovery found, also when the sign-in failed after it. */
  endpoints: endpointsSchema.nullable().optional(),
  /** The mailbox lies in Exchange Online: the window and the command line say what that means (F11). */
  isExchangeOnline: z.boolean(),
})
export type ConnectOutcome = z.infer<typeof connectOutcomeSchema>

/** What the connection doctor found: every step, and what went wrong, if anything. */
export const connectionTestSchema = z.object({
  steps: z.array(connectionStepSchema),
  error: appErrorSchema.nullable(),
})
export type ConnectionTest = z.infer<typeof connectionTestSchema>

export const connectionsContract = {
  /** The LDAP server of the account in use; null: none is set. */
  readLdap: procedure.output(ldapAccountSchema.nullable()),
  /** Sets it. Another host never gets the password that was typed for the one before. */
  setLdap: procedure.input(ldapInputSchema).output(ldapAccountSchema),
  /** Forgets it, password and all. */
  forgetLdap: procedure.output(z.null()),
  read: procedure.output(connectionStatusSchema),
  /** All accounts that are kept, the one in use among them. */
  list: procedure.output(z.array(accountSchema)),
  /** Finds the server, signs in, keeps the account and opens its library. */
  start: procedure.input(connectInputSchema).output(connectOutcomeSchema),
  /** Switches to another account that is kept, the demo included. */
  use: procedure.input(z.object({ address: smtpAddressSchema })).output(connectionStatusSchema),
  /** Opens the demo organisation. */
  useDemo: procedure.output(connectionStatusSchema),
  /** Tries the server again after `offline` or `signed-out`. */
  retry: procedure.output(connectionStatusSchema),
  /**
   * The connection doctor: finds the server of the account in use and signs in once more, beside what is open. Nothing is
   * changed. Fails with `not-connected`, or `unauthorized` when the password is kept nowhere.
   */
  test: procedure.output(connectionTestSchema),
  ...certificatesContract,
  /** Removes the account, its secrets and its library. */
  forget: procedure.input(z.object({ address: smtpAddressSchema })).output(connectionStatusSchema),
}
