import type { LibraryRemoval, LibraryStatus } from '../../../shared/library.ts'
import type { SizeCode } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'

/** The size of a library, counted. */
export type LibraryMeasure = Pick<
  LibraryStatus,
  'fileBytes' | 'freeBytes' | 'people' | 'pictures' | 'pictureBytes' | 'sizes' | 'history'
>

/** What of a person's photos is meant; `sizeCodes` null: all. */
export interface PurgeChoice {
  readonly photos: boolean
  readonly history: boolean
  readonly sizeCodes: readonly SizeCode[] | null
}

/** Keeps a library small and sound. Every method is synchronous and one transaction; long work is done in several calls. */
export interface UpkeepRepository {
  measure(): LibraryMeasure
  /** What SQLite finds wrong with the file; reads all of it. */
  check(): string[]
  /** Drops pictures that were replaced before this time. Answers how many versions went. */
  dropHistory(beforeMs: number): number
  /** Every mailbox of which anything is kept, whether the directory names it or not. */
  listMailboxes(): SmtpAddress[]
  /** Mailboxes that neither the directory named nor the server answered about since this time; at most `limit`. */
  listLeavers(beforeMs: number, limit: number): SmtpAddress[]
  /** Removes photos and versions of these people; the people stay. */
  purge(addresses: readonly SmtpAddress[], choice: PurgeChoice): LibraryRemoval
  /** Removes everything that is known of these people. */
  forget(addresses: readonly SmtpAddress[]): LibraryRemoval
  /**
   * The pictures that are missed least, least first, as many as have `bytes` together: earlier versions, then sizes that are
   * not shown, then the others; the oldest of each first.
   */
  listLeastNeeded(bytes: number): readonly number[]
  /** Drops the bytes of these pictures. What is known of the photos stays; they are asked for in full when they are needed. */
  evict(pictureIds: readonly number[]): void
  /** Gives free pages back to the disk, at most `limit` of them, and empties the write-ahead log. Answers whether there are more. */
  giveBackSpace(limit: number): boolean
}

/** Encrypts the pictures of a library, or puts them back in the clear (F92). */
export interface SealRepository {
  /** `hasKey`: the library still needs its key. `remaining`: pictures that are not yet as they are to be. */
  state(): { readonly isOn: boolean; readonly hasKey: boolean; readonly remaining: number }
  /** From now on pictures are written encrypted. The key must be safely kept before. */
  switchOn(key: Uint8Array): void
  switchOff(): void
  /** Rewrites some of the pictures that are left; false when none are. */
  rewriteSome(limit: number): boolean
}
