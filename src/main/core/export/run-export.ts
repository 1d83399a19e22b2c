import type { AppError } from '../../../shared/errors.ts'
import type { ExportSize } from '../../../shared/export-size.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import type { JobContext } from '../jobs/ports.ts'
import { weighFailure } from '../sync/weigh-failure.ts'
import { getExportPicture, type PictureShelf } from './export-picture.ts'
import { type ExportItem, type NamedPerson, planExport } from './plan-export.ts'
import type { ExportSink } from './ports.ts'

/** Failures of the server in a row after which an export stops. */
const SERVER_FAILURES = 3

export interface ExportRun {
  /** In the order of the files' numbering. */
  readonly people: readonly NamedPerson[]
  readonly size: ExportSize
  readonly shelf: PictureShelf
  readonly sink: ExportSink
  /** People in hand at the same time. */
  readonly concurrency: number
  readonly context: Pick<JobContext, 'signal' | 'advance' | 'fail'>
}

/**
 * Writes everybody's picture into the sink, then moves all into place. One person's failure is told to the context; a refused
 * sign-in, three failures of the server in a row or a folder that cannot be written stop the run. A run that is stopped or
 * cancelled leaves nothing behind.
 * @returns how many files there are; fails with what stopped the run, or `cancelled`
 */
export async function runExport(run: ExportRun): Promise<Result<{ files: number }>> {
  let isKept = false
  try {
    const written = await writeAll(run)
    if (!written.ok || written.value.files === 0) return written
    if (run.context.signal.aborted) return fail({ code: 'cancelled' })
    const committed = await run.sink.commit()
    if (!committed.ok) return committed
    isKept = true
    return written
  } finally {
    if (!isKept) await run.sink.discard()
  }
}

async function writeAll(run: ExportRun): Promise<Result<{ files: number }>> {
  const { signal } = run.context
  const queue = planExport(run.people, await run.sink.listTaken()).values()
  let files = 0
  let stoppedBy: AppError | null = null
  let serverFailures = 0

  function onFailure(item: ExportItem, error: AppError): void {
    if (error.code === 'cancelled') return
    run.context.fail(item.address, error)
    const { kind } = weighFailure(error)
    if (kind === 'person') {
      serverFailures = 0
      return
    }
    serverFailures += 1
    if (kind === 'stop' || serverFailures >= SERVER_FAILURES) stoppedBy ??= error
  }

  async function exportOne(item: ExportItem): Promise<void> {
    const picture = await getExportPicture(run.shelf, item.address, run.size)
    if (!picture.ok) return onFailure(item, picture.error)
    serverFailures = 0
    const written = await run.sink.write(item.stem + picture.value.extension, picture.value.bytes)
    if (written.ok) files += 1
    else stoppedBy ??= written.error
  }

  async function work(): Promise<void> {
    for (const item of queue) {
      if (signal.aborted || stoppedBy !== null) return
      await exportOne(item)
      run.context.advance()
    }
  }

  // All of them have stopped before the sink is discarded, even after a bug in one: nothing is written behind its back.
  const ends = await Promise.allSettled(Array.from({ length: Math.max(1, run.concurrency) }, work))
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  if (signal.aborted) return fail({ code: 'cancelled' })
  return stoppedBy === null ? ok({ files }) : fail(stoppedBy)
}
