import type { AppError } from '../../../shared/errors.ts'
import { describeThrown } from '../jobs/describe-thrown.ts'
import type { PhotoChange } from '../photos/ports.ts'
import type { Clock, Log } from '../ports.ts'

/**
 * A batch is saved when it has this many changes, or is this old (ms). A transaction for each photo costs more; larger ones
 * keep everything else waiting for longer, and save little.
 */
const BATCH_CHANGES = 16
const BATCH_AGE_MS = 25

export interface BatchWriterOptions {
  readonly clock: Clock
  /** Saves all or none; throws a LibraryFault when the library cannot be written. */
  readonly save: (changes: readonly PhotoChange[]) => void
  /** Null: save now. Otherwise resolves when the library can take more; until then a batch grows. */
  readonly whenWritable?: () => Promise<void> | null
  readonly log: Log
  /** Told of every batch that is safely stored. */
  readonly onSaved: (changes: readonly PhotoChange[]) => void
}

/** Group commit: answers are kept together, in one transaction. */
export interface BatchWriter {
  /** Resolves when the change is safely stored (null), or could not be. */
  add(change: PhotoChange): Promise<AppError | null>
  /** Saves at once what waits. */
  flush(): void
  /** Saves what waits, and from now on every change by itself: nobody has to wait for the last ones. */
  close(): void
}

interface Batch {
  readonly changes: PhotoChange[]
  readonly settled: PromiseWithResolvers<AppError | null>
  readonly over: AbortController
}

/** Makes a batch writer with nothing in it. */
export function createBatchWriter(options: BatchWriterOptions): BatchWriter {
  let batch: Batch | null = null
  let isClosed = false
  let isHeld = false

  function begin(): Batch {
    const begun: Batch = { changes: [], settled: Promise.withResolvers(), over: new AbortController() }
    void options.clock.wait(BATCH_AGE_MS, begun.over.signal).then(() => {
      if (batch === begun) flushWhenWritable()
    })
    return begun
  }

  function flushWhenWritable(): void {
    if (isHeld) return
    const writable = isClosed ? null : (options.whenWritable?.() ?? null)
    if (writable === null) flush()
    else {
      isHeld = true
      void writable.then(() => {
        isHeld = false
        flush()
      })
    }
  }

  function flush(): void {
    const full = batch
    if (full === null) return
    batch = null
    full.over.abort()
    try {
      options.save(full.changes)
    } catch (cause) {
      full.settled.resolve(describeThrown(options.log, 'saving photos', cause))
      return
    }
    options.onSaved(full.changes)
    full.settled.resolve(null)
  }

  return {
    add(change) {
      batch ??= begin()
      const { changes, settled } = batch
      changes.push(change)
      if (isClosed) flush()
      else if (changes.length >= BATCH_CHANGES) flushWhenWritable()
      return settled.promise
    },
    flush,
    close() {
      isClosed = true
      flush()
    },
  }
}
