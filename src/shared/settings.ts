import { z } from 'zod'
import { auditPolicySchema } from './audit.ts'
import { exportSizeSchema } from './export-size.ts'
import { LANGUAGES, PSEUDO_LANGUAGE } from './languages.ts'
import { PEOPLE_GROUPINGS } from './people.ts'
import { LARGEST_SIZE_CODE } from './size-codes.ts'
import { type SmtpAddress, smtpAddressSchema } from './smtp-address.ts'

/** As many requests can be allowed at the same time; the server's budget is shared with the person's Outlook and phone. */
export const MOST_REQUESTS_AT_ONCE = 16

/** How many days an earlier picture is kept (F46); 0 keeps none. */
const historyDaysSchema = z.number().int().min(0).max(3650)

/** A password in the settings would be written to disk. */
function hasNoUserInfo(address: string): boolean {
  return URL.canParse(address) && new URL(address).username === '' && new URL(address).password === ''
}

/** Everything that can be set, with default, limits and meaning. Unknown keys are refused, missing ones defaulted. */
export const settingsSchema = z.strictObject({
  appearance: z
    .strictObject({
      theme: z.enum(['system', 'light', 'dark']).default('system'),
      language: z.enum(['system', ...LANGUAGES, PSEUDO_LANGUAGE]).default('system'),
      /** Side of a tile's picture in the grid, CSS px. */
      tilePx: z.number().int().min(48).max(320).default(112),
      /** How faces are cropped: as Outlook and Teams do, or whole. */
      tileShape: z.enum(['square', 'round']).default('square'),
      /** People as faces, or as a table with columns of facts. */
      view: z.enum(['faces', 'table']).default('faces'),
      /** What people are grouped by. */
      group: z.enum(['none', ...PEOPLE_GROUPINGS]).default('none'),
    })
    .prefault({}),
  library: z
    .strictObject({
      /** A held photo is not asked for again before this many hours. */
      freshHours: z.number().min(0).max(8760).default(24),
      /** A "no photo" is not asked for again before this many hours. */
      absentHours: z.number().min(0).max(8760).default(24),
      /** Everybody’s photos are asked for again every so many hours, conditionally, while Rollcall is open (F49); null: never. */
      refreshHours: z.number().int().min(1).max(8760).nullable().default(null),
      /** Requests at the same time, at most. Exchange's budget of 27 is shared with the person's Outlook and phone. */
      concurrency: z.number().int().min(1).max(MOST_REQUESTS_AT_ONCE).default(4),
      /** A body over this many bytes is refused. */
      maxPhotoBytes: z.number().int().min(1_000).max(200_000_000).default(20_000_000),
      historyDays: historyDaysSchema.default(90),
      /** The same for single accounts, over what holds for all. */
      historyDaysOf: z.record(smtpAddressSchema, historyDaysSchema).default({}),
      /** Who was not in the directory for so many days is dropped, photos and all (F93); null: nobody is. */
      leaverDays: z.number().int().min(1).max(3650).nullable().default(90),
      /** What a library's file may grow to; beyond it the pictures that are shown least are dropped first (F51). */
      maxLibraryBytes: z.number().int().min(20_000_000).max(10_000_000_000_000).default(20_000_000_000),
      /** Pictures are encrypted in the file, under a key in the system's own password store (F92). */
      isEncrypted: z.boolean().default(false),
    })
    .prefault({}),
  discovery: z
    .strictObject({
      /** Ask Exchange Online's lookup when nothing else knows the server. It is then told the address, without a sign-in. */
      isOnlineLookupAllowed: z.boolean().default(false),
    })
    .prefault({}),
  network: z
    .strictObject({
      /** `system`: as the environment and the desktop say; `none`; or a proxy’s address, without a password in it. */
      proxy: z
        .union([z.enum(['system', 'none']), z.url({ protocol: /^https?$/ }).refine(hasNoUserInfo)])
        .default('system'),
    })
    .prefault({}),
  audit: auditPolicySchema.prefault({}),
  /** What an export begins with; each can be made otherwise. */
  exports: z
    .strictObject({ size: exportSizeSchema.default({ kind: 'size-code', sizeCode: LARGEST_SIZE_CODE }) })
    .prefault({}),
  /** Modern sign-in (F7). What is empty is found out, but for the client id: the organisation gives that. See docs/oauth.md. */
  oauth: z
    .strictObject({
      /** Application (client) id of the registration. No secret: a desktop app has none. */
      clientId: z.string().trim().max(200).default(''),
      /** Directory (tenant) id or domain. Only with Microsoft's clouds. */
      tenant: z
        .string()
        .trim()
        .max(255)
        .regex(/^[A-Za-z0-9.-]*$/)
        .default(''),
      /** Address of the sign-in server: AD FS, another cloud of Microsoft's, or any OpenID provider. */
      authority: z.union([z.literal(''), z.url({ protocol: /^https$/ })]).default(''),
      /** What is asked for, separated by spaces. Empty: EWS of the server, as the person who signs in. */
      scope: z.string().trim().max(1_000).default(''),
    })
    .prefault({}),
})
export type OAuthSettings = Settings['oauth']
export type Settings = z.infer<typeof settingsSchema>
export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({})

/** How many days earlier pictures of this account are kept. */
export function historyDaysFor(address: SmtpAddress, { historyDays, historyDaysOf }: Settings['library']): number {
  return historyDaysOf[address] ?? historyDays
}

type PartOf<Shape extends Record<string, z.ZodDefault>> = {
  [Key in keyof Shape]: z.ZodOptional<ReturnType<Shape[Key]['unwrap']>>
}

/** Any part of a group, with nothing filled in: zod's own `partial` puts the default where a key was left out. */
function partOf<Shape extends Record<string, z.ZodDefault>>({ shape }: z.ZodObject<Shape>): z.ZodObject<PartOf<Shape>> {
  const parts = Object.entries(shape).map(([key, setting]) => [key, z.optional(setting.unwrap())])
  return z.strictObject(Object.fromEntries(parts) as PartOf<Shape>)
}

/** A change of settings: any part of them. What is left out stays as it is. */
export const settingsPatchSchema = z.strictObject({
  appearance: partOf(settingsSchema.shape.appearance.unwrap()).optional(),
  library: partOf(settingsSchema.shape.library.unwrap()).optional(),
  discovery: partOf(settingsSchema.shape.discovery.unwrap()).optional(),
  network: partOf(settingsSchema.shape.network.unwrap()).optional(),
  audit: partOf(auditPolicySchema).optional(),
  exports: partOf(settingsSchema.shape.exports.unwrap()).optional(),
  oauth: partOf(settingsSchema.shape.oauth.unwrap()).optional(),
})
export type SettingsPatch = z.infer<typeof settingsPatchSchema>
