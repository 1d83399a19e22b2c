import { z } from 'zod'
import { sizeCodeSchema } from './size-codes.ts'
import { smtpAddressSchema } from './smtp-address.ts'

/**
 * What kind of mailbox it is. `person` is an ordinary mailbox; rooms, equipment, shared mailboxes and lists are told apart
 * where the directory says so, else they count as `person`.
 */
export const MAILBOX_KINDS = ['person', 'room', 'equipment', 'shared', 'list', 'contact', 'other'] as const
export const mailboxKindSchema = z.enum(MAILBOX_KINDS)
export type MailboxKind = z.infer<typeof mailboxKindSchema>

/** A directory entry as Rollcall keeps it. Absent facts are empty strings. */
export const personSchema = z.object({
  address: smtpAddressSchema,
  displayName: z.string(),
  givenName: z.string(),
  surname: z.string(),
  alias: z.string(),
  title: z.string(),
  department: z.string(),
  office: z.string(),
  company: z.string(),
  manager: z.string(),
  phones: z.array(z.object({ label: z.string(), number: z.string() })),
  kind: mailboxKindSchema,
})
export type Person = z.infer<typeof personSchema>

/**
 * The five honest states of a person's photo (product.md, Audit), and two that are no verdicts: `not-asked`, and `not-expected`
 * for a distribution list that has no picture, since nobody is on it. An error never counts as `none`.
 */
export const PHOTO_STATES = [
  'photo',
  'thumbnail-only',
  'none',
  'not-available-here',
  'could-not-ask',
  'not-asked',
  'not-expected',
] as const
export const photoStateSchema = z.enum(PHOTO_STATES)
export type PhotoState = z.infer<typeof photoStateSchema>

/** What an audit can find at a person's photo. The state says what there is; a finding says what is wrong with it. */
export const FINDING_CODES = [
  'missing',
  'thumbnail-only',
  'low-resolution',
  'improvable-resolution',
  'not-square',
  'unreadable',
  'wrong-type',
  'too-large',
  'has-location',
] as const
export const findingCodeSchema = z.enum(FINDING_CODES)
export type FindingCode = z.infer<typeof findingCodeSchema>

/** The picture a tile shows: which answer it comes from, what was measured (px, bytes), and since when it is this one. */
export const tilePhotoSchema = z.object({
  sizeCode: sizeCodeSchema,
  contentHash: z.string(),
  widthPx: z.number().int().nonnegative(),
  heightPx: z.number().int().nonnegative(),
  bytes: z.number().int().nonnegative(),
  /** When it was first seen to be this picture, ms since 1970; null where that is not known. */
  changedMs: z.number().int().nullable(),
  /** It took the place of an earlier picture, or of none. */
  isReplacement: z.boolean(),
})
export type TilePhoto = z.infer<typeof tilePhotoSchema>

/** A person's photo in short: the state, the picture for a tile (null: none to show) and the findings. */
export const photoSummarySchema = z.object({
  state: photoStateSchema,
  tile: tilePhotoSchema.nullable(),
  findings: z.array(findingCodeSchema),
})
export type PhotoSummary = z.infer<typeof photoSummarySchema>

/** Facts of a person that are searched. */
export const SEARCHED_FACTS = ['displayName', 'department', 'office', 'title', 'alias', 'address'] as const
export type SearchedFact = (typeof SEARCHED_FACTS)[number]

/** What of a person a search matched: the text of a fact, and the stretches of it, as [from, to) in UTF-16 units. */
export const factMatchSchema = z.object({
  fact: z.enum(SEARCHED_FACTS),
  text: z.string(),
  ranges: z.array(z.tuple([z.number().int(), z.number().int()])),
})
export type FactMatch = z.infer<typeof factMatchSchema>

/** A row of the grid. */
export const personRowSchema = z.object({
  address: smtpAddressSchema,
  displayName: z.string(),
  title: z.string(),
  department: z.string(),
  office: z.string(),
  kind: mailboxKindSchema,
  photo: photoSummarySchema,
  /** Why a search found the person; only in the answer to a search with a text. */
  matches: z.array(factMatchSchema).optional(),
})
export type PersonRow = z.infer<typeof personRowSchema>

/** Chips: AND between groups, OR inside one. An empty list does not filter. */
export const peopleFilterSchema = z.object({
  states: z.array(photoStateSchema),
  findings: z.array(findingCodeSchema),
  kinds: z.array(mailboxKindSchema),
  departments: z.array(z.string()),
  offices: z.array(z.string()),
})
export type PeopleFilter = z.infer<typeof peopleFilterSchema>

/** The filter that lets everybody through. */
export const NO_FILTER: PeopleFilter = { states: [], findings: [], kinds: [], departments: [], offices: [] }

/** `relevance`: who matches the text best; else, and among equals, people before rooms and the like before lists, by name. */
export const PEOPLE_SORTS = [
  'relevance',
  'name',
  'department',
  'office',
  'pixels',
  'bytes',
  'changed',
  'finding',
] as const
export const peopleSortSchema = z.enum(PEOPLE_SORTS)
export type PeopleSort = z.infer<typeof peopleSortSchema>

/** What people can be grouped by (F34). */
export const PEOPLE_GROUPINGS = ['department', 'office'] as const
export const peopleGroupingSchema = z.enum(PEOPLE_GROUPINGS)
export type PeopleGrouping = z.infer<typeof peopleGroupingSchema>

/** What is looked for among the people that are known. `text`: words AND-ed, folded for case, diacritics and script. */
export const peopleQuerySchema = z.object({
  text: z.string().max(400),
  filter: peopleFilterSchema,
  sort: peopleSortSchema,
  /** The order turned round. Who has nothing to be ordered by stays last. */
  isDescending: z.boolean().optional(),
  /** Groups in the order of their names; the order of `sort` holds within each. */
  group: peopleGroupingSchema.optional(),
  /** Only people of this saved scope, which must be a list; nobody where there is none of that id. */
  scopeId: z.string().optional(),
})
export type PeopleQuery = z.infer<typeof peopleQuerySchema>

/** Whom a job is about: everybody, a query's people, or a list; less those in `except`. */
export const scopeSchema = z.object({
  of: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('all') }),
    z.object({ kind: z.literal('query'), query: peopleQuerySchema }),
    z.object({ kind: z.literal('addresses'), addresses: z.array(smtpAddressSchema) }),
  ]),
  except: z.array(smtpAddressSchema),
})
export type Scope = z.infer<typeof scopeSchema>

/** A line of a list that means no mailbox. */
export const missingEntrySchema = z.object({
  /** Counts from 1. */
  line: z.number().int(),
  text: z.string(),
  /** The address that was written there; null for a name. */
  address: smtpAddressSchema.nullable(),
  /** `ambiguous`: a name of several people; `not-asked`: nobody known here, and the server could not be asked. */
  reason: z.enum(['not-found', 'ambiguous', 'not-an-address', 'not-asked']),
  /** How many people an ambiguous name means; otherwise 0. */
  matches: z.number().int().nonnegative(),
})
export type MissingEntry = z.infer<typeof missingEntrySchema>

/** Whom a list means: mailboxes, each once, and what was not found (F15). */
export const listMatchSchema = z.object({
  entries: z.number().int().nonnegative(),
  addresses: z.array(smtpAddressSchema),
  missing: z.array(missingEntrySchema),
})
export type ListMatch = z.infer<typeof listMatchSchema>
