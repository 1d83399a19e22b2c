import type { DemoPerson } from '../demo-types.ts'
import type { Answer } from '../http/answers.ts'
import type { XmlElement } from '../http/xml.ts'
import type { DirectorySearch } from '../organisation/create-directory-search.ts'
import type { PhotoDesk } from '../photos/create-photo-desk.ts'

/** What the operations work on. */
export interface EwsWorld {
  readonly people: readonly DemoPerson[]
  find(address: string): DemoPerson | null
  readonly search: DirectorySearch
  readonly photos: PhotoDesk
  /** False: FindPeople gives its first page whatever is asked, as some servers do. */
  isFindPeoplePaged(): boolean
}

/** A request's element in the body, and what came with it. */
export interface EwsRequest {
  readonly element: XmlElement
  readonly ifNoneMatch: string | null
  /** The address that signed in; null: nobody known. */
  readonly caller: string | null
}

/** One operation of EWS. */
export type EwsOperation = (request: EwsRequest, world: EwsWorld) => Promise<Answer> | Answer
