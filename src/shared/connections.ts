import { z } from 'zod'
import { certificateFactsSchema } from './certificate-facts.ts'
import { appErrorSchema } from './errors.ts'
import { smtpAddressSchema } from './smtp-address.ts'

/** How to sign in. `auto` takes the strongest that the server offers. */
export const AUTH_CHOICES = ['auto', 'negotiate', 'ntlm', 'bearer', 'basic'] as const
export const authChoiceSchema = z.enum(AUTH_CHOICES)
export type AuthChoice = z.infer<typeof authChoiceSchema>

/** What the wire showed in a step. Of the server's headers only those that say which machine and version answered. */
export const stepEvidenceSchema = z.object({
  /** The IP address that was connected to. */
  resolvedAddress: z.string().nullable(),
  /** Such as `TLSv1.3`; null over plain http. */
  tlsVersion: z.string().nullable(),
  certificate: certificateFactsSchema.nullable(),
  /** The schemes of `WWW-Authenticate`, in lower case, in the server's order. */
  offeredSchemes: z.array(z.string()),
  serverHeaders: z.array(z.object({ name: z.string(), value: z.string() })),
  /** The `client-request-id` of the last question, by which the server's logs know it. */
  requestId: z.string().optional(),
})
export type StepEvidence = z.infer<typeof stepEvidenceSchema>

/** One step of discovery or sign-in, as the connection doctor tells it. Never holds a secret. */
export const connectionStepSchema = z.object({
  /** What was tried, such as `autodiscover-soap`, `autodiscover-pox`, `http-redirect`, `srv-lookup`, `consent`, `ews-probe`, `sign-in`. */
  name: z.string(),
  url: z.string(),
  status: z.number().int().nullable(),
  durationMs: z.number(),
  outcome: z.enum(['found', 'redirected', 'nothing-here', 'refused', 'unreachable', 'skipped', 'failed']),
  /** A sentence for people. */
  detail: z.string(),
  /** What to do, or to tell the administrator; absent where nothing is to be done. */
  advice: z.string().optional(),
  /** Absent where nothing was connected to. */
  evidence: stepEvidenceSchema.optional(),
})
export type ConnectionStep = z.infer<typeof connectionStepSchema>

/**
 * How a server gives photos: at the photos URL that it names, at its EWS URL, or over SOAP where plain requests are refused.
 * Found out once and kept with the account.
 */
export const photoRouteSchema = z.enum(['photos-url', 'ews-url', 'soap'])
export type PhotoRoute = z.infer<typeof photoRouteSchema>

/** What discovery learns. URLs have no trailing slash. */
export const endpointsSchema = z.object({
  ewsUrl: z.url({ protocol: /^https$/ }),
  /** Where the server names a photos service of its own. */
  photosUrl: z.url({ protocol: /^https$/ }).nullable(),
  /** The Exchange schema version to speak, such as `Exchange2016`. */
  serverVersion: z.string(),
})
export type Endpoints = z.infer<typeof endpointsSchema>

/** An account as the window and the command line see it. */
export const accountSchema = z.object({
  address: smtpAddressSchema,
  userName: z.string(),
  auth: authChoiceSchema,
  ewsUrl: z.string(),
  /** The built-in demo organisation: said in a banner. */
  isDemo: z.boolean(),
  /** Where the password is: the operating system's store, this run's memory, or nowhere (it must be typed). */
  secretKeptIn: z.enum(['os-store', 'this-run', 'nowhere']),
  /** The server was content with Basic: the password itself goes with every request (F6). */
  isBasic: z.boolean().optional(),
})
export type Account = z.infer<typeof accountSchema>

/** Where the connection stands. `offline`: the library is usable, the server was not reached. */
export const connectionStatusSchema = z.object({
  account: accountSchema.nullable(),
  state: z.enum(['none', 'connecting', 'online', 'offline', 'signed-out']),
  error: appErrorSchema.nullable(),
  /** The server asked for a pause: nothing is asked before this (ms since 1970). Null: no pause, or a short one. */
  busyUntilMs: z.number().int().nullable(),
})
export type ConnectionStatus = z.infer<typeof connectionStatusSchema>

/** How a person signs in at an OAuth provider. None of it is a secret: whoever holds it can only sign in as themselves. */
export const signInPromptSchema = z.discriminatedUnion('kind', [
  /** A page for the system's browser. `isOpened`: the host opened it; else a person has to. */
  z.object({ kind: z.literal('browser'), url: z.url({ protocol: /^https$/ }), isOpened: z.boolean() }),
  /** A code to type at this address. */
  z.object({ kind: z.literal('device-code'), url: z.url({ protocol: /^https$/ }), code: z.string().max(64) }),
])
export type SignInPrompt = z.infer<typeof signInPromptSchema>
