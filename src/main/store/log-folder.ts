import { createRequire } from 'node:module'
import { Worker } from 'node:worker_threads'
import type { Log } from '../core/ports.ts'

/** Written bytes after which the write-ahead log is folded into the file. */
const FOLD_AFTER_BYTES = 4_000_000
/** Bytes in the log beyond which writing waits until all of it is folded: only then it begins anew. */
const HOLD_OVER_BYTES = 32_000_000
/** How long closing waits for a fold that is under way (ms). */
const CLOSE_WAIT_MS = 10_000

/** State of the thread, shared with it. */
const IDLE = 0
const FOLDING = 1

/** Folds the write-ahead log into the file in a thread of its own, because that waits for the disk. */
export interface LogFolder {
  /** Told of every write. */
  onWritten(bytes: number): void
  /** Null: write on. Otherwise resolves when there is room in the log again. */
  whenWritable(): Promise<void> | null
  /** Waits for a fold under way: afterwards nothing but the caller has the file open. */
  close(): void
}

export interface LogFolderOptions {
  readonly file: string
  readonly log: Log
  /** Folding failed in the thread; from now on the writer has to do it. */
  readonly onFailed: () => void
}

/** What the thread answers: bytes in the log, and how many of them are not folded in. Null: it failed. */
interface Folded {
  readonly logBytes: number
  readonly leftBytes: number
}

/**
 * The thread. As text, because source, build and package would each need another way to a file of its own. It opens the
 * library for each fold only, so that closing and removing it is never in its way.
 */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads')
const BetterSqlite = require(workerData.sqlite)
const state = new Int32Array(workerData.state)
function fold() {
  const db = new BetterSqlite(workerData.file, { fileMustExist: true, timeout: 0 })
  try {
    const [{ log, checkpointed }] = db.pragma('wal_checkpoint(PASSIVE)')
    const pageBytes = db.pragma('page_size', { simple: true })
    return { logBytes: log * pageBytes, leftBytes: (log - checkpointed) * pageBytes }
  } finally {
    db.close()
  }
}
parentPort.on('message', () => {
  let folded = null
  try {
    folded = fold()
  } catch {}
  Atomics.store(state, 0, ${IDLE})
  Atomics.notify(state, 0)
  parentPort.postMessage(folded)
})
`

/** Makes the folder of one open library; its thread starts when there is something to fold for the first time. */
export function createLogFolder({ file, log, onFailed }: LogFolderOptions): LogFolder {
  const state = new Int32Array(new SharedArrayBuffer(4))
  let thread: Worker | null = null
  let hasFailed = false
  let isClosed = false
  let writtenBytes = 0
  let holding: PromiseWithResolvers<void> | null = null

  function startThread(): Worker {
    const sqlite = createRequire(import.meta.url).resolve('better-sqlite3')
    const started = new Worker(THREAD, { eval: true, workerData: { sqlite, file, state: state.buffer } })
    started.unref()
    started.on('message', (folded: Folded | null) => {
      if (folded === null) giveUp()
      else onFolded(folded)
    })
    started.on('error', giveUp)
    return started
  }

  function fold(): void {
    if (hasFailed || isClosed || Atomics.load(state, 0) === FOLDING) return
    writtenBytes = 0
    thread ??= startThread()
    Atomics.store(state, 0, FOLDING)
    thread.postMessage(null)
  }

  function onFolded({ logBytes, leftBytes }: Folded): void {
    // What was written while it was folded is not counted: the log begins anew only after a fold during which nothing was.
    if (holding !== null && leftBytes === 0) release()
    else if (holding !== null || logBytes > HOLD_OVER_BYTES) {
      holding ??= Promise.withResolvers()
      fold()
    } else if (writtenBytes >= FOLD_AFTER_BYTES) fold()
  }

  function release(): void {
    holding?.resolve()
    holding = null
  }

  function giveUp(): void {
    if (hasFailed || isClosed) return
    hasFailed = true
    Atomics.store(state, 0, IDLE)
    log.warn('the write-ahead log cannot be folded in its thread')
    onFailed()
    release()
  }

  return {
    onWritten(bytes) {
      writtenBytes += bytes
      if (writtenBytes >= FOLD_AFTER_BYTES) fold()
    },
    whenWritable: () => holding?.promise ?? null,
    close() {
      if (isClosed) return
      isClosed = true
      Atomics.wait(state, 0, FOLDING, CLOSE_WAIT_MS)
      release()
      void thread?.terminate()
    },
  }
}
