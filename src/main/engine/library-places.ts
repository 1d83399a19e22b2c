import type { LibraryStatus } from '../../shared/library.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { AcceptedFindings } from '../core/audit/ports.ts'
import type { Clock, Log } from '../core/ports.ts'
import { openAcceptedFindings, removeAcceptedFindings } from '../store/accepted-findings-store.ts'
import {
  acceptedFindingsFile,
  libraryFile,
  listSetAside,
  removeLibrary,
  removeSetAside,
  setLibraryAside,
} from '../store/library-file.ts'
import { isLibraryInUse, type Library, openLibrary } from '../store/open-library.ts'
import type { LibraryKeys } from './library-keys.ts'
import type { PhotoReaderLink } from './photo-reader-link.ts'

/** The file of one account's library, and what lies beside it. */
export interface LibraryPlace {
  readonly file: string
  /** Fails with `library-unusable`; `key-missing` when it is encrypted and its key cannot be had. */
  open(): Promise<Result<Library>>
  /** Resolves when no other thread reads the library any more: before it is closed. */
  letGo(): Promise<void>
  /** What was accepted of this account's findings: a file of its own, which a rebuild leaves alone. */
  openAccepted(): AcceptedFindings
  listSetAside(): LibraryStatus['setAside']
  /** Answers how many there were. */
  removeSetAside(): number
  /**
   * Moves the closed library out of the way, so that the next opening makes a new one. Fails with `library-unusable` where that
   * would be wrong or cannot be done: another program uses it, or its folder cannot be written to.
   */
  setAside(): Promise<Result<null>>
  /** Removes the closed library with every copy and its key. */
  remove(): Promise<void>
}

export interface LibraryPlacesOptions {
  readonly dataDir: string
  readonly keys: LibraryKeys
  readonly photoReader: PhotoReaderLink
  readonly clock: Clock
  readonly log: Log
}

/** Finds the place of an account's library. */
export function createLibraryPlaces({ dataDir, keys, photoReader, clock, log }: LibraryPlacesOptions) {
  return (address: SmtpAddress): LibraryPlace => {
    const file = libraryFile(dataDir, address)
    const acceptedFile = acceptedFindingsFile(dataDir, address)

    const openWithKey = async () => {
      const opened = openLibrary(file, { log })
      // The store for passwords is asked only when there is something to open: it may have to be unlocked.
      const isKeyMissing =
        !opened.ok && opened.error.code === 'library-unusable' && opened.error.reason === 'key-missing'
      if (!isKeyMissing) return { opened, key: null }
      const key = await keys.read(address)
      return { opened: openLibrary(file, { log, key }), key }
    }

    return {
      file,
      async open() {
        const { opened, key } = await openWithKey()
        if (opened.ok) photoReader.open(file, key)
        return opened
      },
      letGo: () => photoReader.close(),
      openAccepted: () => openAcceptedFindings(acceptedFile, log),
      listSetAside: () => listSetAside(file),
      removeSetAside: () => removeSetAside(file),
      async setAside() {
        if (isLibraryInUse(file)) {
          return fail({ code: 'library-unusable', reason: 'locked', detail: 'another program has opened the file' })
        }
        try {
          setLibraryAside(file, clock.nowMs())
        } catch (cause) {
          log.error('a library cannot be set aside', { cause: cause instanceof Error ? cause.name : 'unknown' })
          return fail({ code: 'library-unusable', reason: 'read-only', detail: 'the file cannot be moved' })
        }
        log.warn('a library was set aside')
        return ok(null)
      },
      async remove() {
        removeLibrary(file)
        removeAcceptedFindings(acceptedFile)
        await keys.forget(address)
      },
    }
  }
}
