import type { PeopleWindow } from '../../../shared/contract/people.ts'
import type { AppError } from '../../../shared/errors.ts'
import type { Person } from '../../../shared/people.ts'
import type { ScopeDefinition } from '../../../shared/scopes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'

/** What the server found for a text. */
export type DirectoryAnswer =
  | {
      readonly kind: 'people'
      readonly people: readonly Person[]
      /** `IncludesLastItemInRange`: false when the answer was cut off (at 100). */
      readonly isComplete: boolean
    }
  | { readonly kind: 'failed'; readonly error: AppError }

/** A page of what the server found for a text. */
export type PeoplePageAnswer =
  | {
      readonly kind: 'page'
      readonly people: readonly Person[]
      /** Entries of the page, those without an SMTP address included. */
      readonly loaded: number
      /** Entries that match in all; null: the server does not count. */
      readonly total: number | null
    }
  | { readonly kind: 'failed'; readonly error: AppError }

/** Where people come from. Never rejects. */
export interface DirectorySource {
  /** Ambiguous name resolution: entries one of whose names begins with `text`; at most 100 (ResolveNames). */
  resolveNames(text: string, signal: AbortSignal): Promise<DirectoryAnswer>
  /** The members of a distribution list, one level deep (ExpandDL). */
  expandList(address: SmtpAddress, signal: AbortSignal): Promise<DirectoryAnswer>
  /** Entries that match a text, page by page, where the server can do that (FindPeople, 2013 and later). */
  findPeople?(text: string, offset: number, limit: number, signal: AbortSignal): Promise<PeoplePageAnswer>
  /** The lists of rooms that an administrator has made (GetRoomLists). */
  listRoomLists?(signal: AbortSignal): Promise<DirectoryAnswer>
  /** The rooms of such a list (GetRooms). */
  listRooms?(list: SmtpAddress, signal: AbortSignal): Promise<DirectoryAnswer>
}

/** How far the directory was read. */
export interface DirectoryReadState {
  readonly isComplete: boolean
  readonly endedMs: number
  readonly requests: number
}

/** A scope that a person keeps. */
export interface KeptScope {
  readonly id: string
  readonly name: string
  readonly definition: ScopeDefinition
}

/** Saved scopes in the library, synchronous. */
export interface ScopeRepository {
  /** By name. */
  list(): KeptScope[]
  find(id: string): KeptScope | null
  save(name: string, definition: ScopeDefinition, atMs: number): KeptScope
  /** Null when there is none of that id. */
  rename(id: string, name: string): KeptScope | null
  /** Answers whether there was one. */
  remove(id: string): boolean
}

/** What the window showed first the last time, in the library. Synchronous. */
export interface OpeningRepository {
  /** The answer that was kept to this question; null: none, or one of an older kind. */
  find(question: string): PeopleWindow | null
  /** Takes the place of what was kept. */
  save(question: string, answer: PeopleWindow): void
}

/** People in the library. Every method is synchronous; `save` is one transaction. */
export interface PeopleRepository {
  find(address: SmtpAddress): Person | null
  count(): number
  iterateAll(): IterableIterator<Person>
  /** Adds new people and updates known ones; a later, richer entry never loses facts to an emptier one. Answers how many are new. */
  save(people: readonly Person[], atMs: number): { added: number }
  readDirectoryState(): DirectoryReadState | null
  saveDirectoryState(state: DirectoryReadState): void
}
