import { z } from 'zod'
import { jobIdSchema } from '../jobs.ts'
import {
  findingCodeSchema,
  listMatchSchema,
  mailboxKindSchema,
  peopleQuerySchema,
  personRowSchema,
  personSchema,
  photoStateSchema,
} from '../people.ts'
import { smtpAddressSchema } from '../smtp-address.ts'
import { procedure } from './base.ts'

/** How many people each chip would show, the other groups' chips applied (F35). */
export const chipCountsSchema = z.object({
  states: z.array(z.object({ key: photoStateSchema, count: z.number().int() })),
  findings: z.array(z.object({ key: findingCodeSchema, count: z.number().int() })),
  kinds: z.array(z.object({ key: mailboxKindSchema, count: z.number().int() })),
  /** The 50 largest, largest first. */
  departments: z.array(z.object({ key: z.string(), count: z.number().int() })),
  offices: z.array(z.object({ key: z.string(), count: z.number().int() })),
})
export type ChipCounts = z.infer<typeof chipCountsSchema>

/** People of a query who have a department or an office in common, in the query's order. The empty name: none given. */
export const peopleGroupSchema = z.object({ name: z.string(), count: z.number().int().positive() })
export type PeopleGroup = z.infer<typeof peopleGroupSchema>

/** A window onto the people that a query finds. `total` found of `known`; `revision` grows with every change. */
export const peopleWindowSchema = z.object({
  revision: z.number().int(),
  known: z.number().int(),
  total: z.number().int(),
  offset: z.number().int(),
  /** All groups of the query, first to last, whatever the window; empty when it does not group. */
  groups: z.array(peopleGroupSchema),
  rows: z.array(personRowSchema),
})
export type PeopleWindow = z.infer<typeof peopleWindowSchema>

/** Whether the library has the whole directory: never read, read in part, or read whole at a time (ms). */
export const directoryStatusSchema = z.object({
  state: z.enum(['never-read', 'partial', 'complete']),
  people: z.number().int(),
  readMs: z.number().int().nullable(),
})
export type DirectoryStatus = z.infer<typeof directoryStatusSchema>

/** Whom a distribution list reaches, nested lists included (F16). */
export const listExpansionSchema = z.object({
  /** The members, each once; lists are not people. */
  addresses: z.array(smtpAddressSchema),
  /** Lists that were read, the first included. */
  lists: z.number().int(),
  /** Nested lists that could not be read. */
  unread: z.array(smtpAddressSchema),
  /** Every list was read whole (`IncludesLastItemInRange`). */
  isComplete: z.boolean(),
})
export type ListExpansion = z.infer<typeof listExpansionSchema>

export const peopleContract = {
  /** A window of at most 500 rows. */
  search: procedure
    .input(
      z.object({
        query: peopleQuerySchema,
        offset: z.number().int().nonnegative(),
        limit: z.number().int().min(1).max(500),
      }),
    )
    .output(peopleWindowSchema),
  countChips: procedure.input(z.object({ query: peopleQuerySchema })).output(chipCountsSchema),
  /** Every address that a query finds, in its order: for select all, Shift-ranges. `among`: of these alone. */
  listAddresses: procedure
    .input(z.object({ query: peopleQuerySchema, among: z.array(smtpAddressSchema).optional() }))
    .output(z.array(smtpAddressSchema)),
  /** Where a person stands in a query's order; null when not in it. */
  findPosition: procedure
    .input(z.object({ query: peopleQuerySchema, address: smtpAddressSchema }))
    .output(z.number().int().nullable()),
  /**
   * The next place after `after` in the query's order, round the end, whose name begins with `text`; where nobody's does, of
   * whose name a word does. Folded as searches are. Null: nobody.
   */
  findByName: procedure
    .input(z.object({ query: peopleQuerySchema, text: z.string().min(1).max(100), after: z.number().int().min(-1) }))
    .output(z.number().int().nullable()),
  read: procedure.input(z.object({ address: smtpAddressSchema })).output(personSchema),
  /** Asks the server for more people of this text and merges them in. `isComplete`: the server has no more (F14). */
  searchServer: procedure
    .input(z.object({ text: z.string().min(1).max(400) }))
    .output(z.object({ found: z.number().int(), added: z.number().int(), isComplete: z.boolean() })),
  /**
   * Whom a pasted list or a CSV means, with a report of what was not found. People who are not known are asked for on the
   * server, where it can be reached.
   */
  matchList: procedure.input(z.object({ text: z.string().min(1).max(10_000_000) })).output(listMatchSchema),
  /** Expands a distribution list, and keeps its members. Fails with `unknown-person` for what is no list. */
  expandList: procedure.input(z.object({ address: smtpAddressSchema })).output(listExpansionSchema),
  readDirectoryStatus: procedure.output(directoryStatusSchema),
  /** Starts the job that reads the whole directory (F13): from Exchange, or from the account's LDAP server, thumbnails and all. */
  startReadDirectory: procedure.input(z.object({ from: z.enum(['exchange', 'ldap']) }).optional()).output(jobIdSchema),
}
