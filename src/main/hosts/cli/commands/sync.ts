import { describeError } from '../../../../shared/describe-error.ts'
import type { PhotoOutcome, PhotoRecord, SyncEstimate, SyncReport } from '../../../../shared/photos.ts'
import { fail, ok, type Result } from '../../../../shared/result.ts'
import { LARGEST_SIZE_CODE, type SizeCode } from '../../../../shared/size-codes.ts'
import type { SyncLine } from '../../../engine/session-types.ts'
import type { CommandContext } from '../command-context.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { findPeople } from '../find-people.ts'
import { type OpenSession, withSession } from '../open-session.ts'
import { checkScopeOptions, type ScopeOptions } from '../scope-options.ts'

export interface SyncOptions extends ScopeOptions {
  /** Undefined: the largest. */
  readonly size?: readonly SizeCode[]
}

/** `sync`: asks the server for every photo in scope, conditionally where one is held. A line a photo, then a summary. */
export async function runSync(context: CommandContext, options: SyncOptions): Promise<Result<ExitCode>> {
  const checked = checkScopeOptions(options)
  if (!checked.ok) return checked
  return withSession(context, async (open) => {
    const scope = await findPeople(context, open, options)
    if (!scope.ok) return scope
    const sizeCodes = [...new Set(options.size ?? [LARGEST_SIZE_CODE])]
    const addresses = open.session.resolveScope(scope.value)
    if (options.all === true) tellEstimate(context, open.session.estimateSync({ addresses, sizeCodes, ask: 'all' }))
    const { stoppedBy, ...report } = await syncPhotos(context, open, { addresses, sizeCodes })
    if (context.signal.aborted) return fail({ code: 'cancelled' })
    tellReport(context, report)
    if (stoppedBy !== null) return fail(stoppedBy)
    return ok(report.failed + report.notAvailable > 0 ? EXIT.someFailed : EXIT.done)
  })
}

/** Before a big run: what it asks of the server, and how long it takes. */
function tellEstimate({ output }: CommandContext, { people, requests, seconds, bytes }: SyncEstimate): void {
  const minutes = Math.max(1, Math.round(seconds / 60))
  const megabytes = Math.max(1, Math.round(bytes / 1_000_000))
  output.message(
    `Estimate: ${people} people, ${requests} requests, about ${minutes} min` +
      `${bytes === 0 ? '' : `, up to about ${megabytes} MB`}.`,
  )
}

function syncPhotos(
  { output, signal }: CommandContext,
  { session }: OpenSession,
  what: Pick<Parameters<typeof session.sync>[0], 'addresses' | 'sizeCodes'>,
) {
  let done = 0
  let total = 0
  return session.sync({
    ...what,
    ask: 'all',
    context: {
      signal,
      setTotal: (count) => {
        total = count
      },
      advance: (count = 1) => {
        done += count
        output.progress(`Photos: ${done} of ${total}`)
      },
      // Each failure is a line of its own, with the outcome.
      fail: () => {},
    },
    onPhoto: (line) => tellPhoto(output, line),
  })
}

/** As scripts see it: what is not available here could not be had, so that the summary's five counts add up. */
function stateOf(outcome: PhotoOutcome): Exclude<PhotoOutcome, 'not-available'> {
  return outcome === 'not-available' ? 'failed' : outcome
}

function tellPhoto(output: CommandContext['output'], { outcome, record }: SyncLine): void {
  const { address, sizeCode, status, requestId, widthPx, heightPx, bytes, etag, contentHash, error } = record
  const state = stateOf(outcome)
  const line = { mailbox: address, sizeCode, state, status, requestId, widthPx, heightPx, bytes, etag, contentHash }
  const isFailed = state === 'failed' && error !== null
  output.result(isFailed ? { ...line, error: error.code } : line, describePhoto(state, record))
}

function describePhoto(state: string, { address, sizeCode, widthPx, heightPx, bytes, error }: PhotoRecord): string {
  const start = `${state.padEnd(8)}${sizeCode.padEnd(10)}${address}`
  if (state === 'failed') return error === null ? start : `${start}  ${describeError(error).title}`
  if (state === 'none') return start
  return `${start}  ${widthPx ?? '?'}×${heightPx ?? '?'} px  ${bytes ?? '?'} bytes`
}

function tellReport({ output }: CommandContext, report: SyncReport): void {
  const { same, none, requests, bytesReceived, bytesSaved, seconds } = report
  const failed = report.failed + report.notAvailable
  output.result(
    { new: report.new, changed: report.changed, same, none, failed, requests, bytesReceived, bytesSaved, seconds },
    `${report.new} new, ${report.changed} changed, ${same} same, ${none} none, ${failed} failed; ` +
      `${requests} requests, ${bytesReceived} bytes received, ${bytesSaved} bytes saved, ${seconds.toFixed(1)} s`,
  )
}
