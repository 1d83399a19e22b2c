import { describeError } from '../../../../shared/describe-error.ts'
import type { PhotoOutcome, PhotoRecord, SyncEstimate, SyncReport } from '../../../../shared/photos.ts'
import { fail, ok, type Result } from '../../../../shared/result.ts'
import { LARGEST_SIZE_CODE, type SizeCode } from '../../../../shared/size-codes.ts'
import type { SyncLine, SyncRequest } from '../../../engine/session-types.ts'
import { askEngine } from '../ask-engine.ts'
import type { CommandContext } from '../command-context.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { findPeople } from '../find-people.ts'
import { type OpenSession, withSession } from '../open-session.ts'
import { checkScopeOptions, type ScopeOptions } from '../scope-options.ts'

const HOUR_MS = 3_600_000

export interface SyncOptions extends ScopeOptions {
  /** Undefined: the largest. */
  readonly size?: readonly SizeCode[]
  /** Asks for everything, although the same sync was interrupted. */
  readonly restart?: boolean
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
    const resume = options.restart === true ? null : await findInterrupted(context, open, { addresses, sizeCodes })
    const plan = resume === null ? ({ kind: 'sync' } as const) : { resume }
    const { stoppedBy, ...report } = await syncPhotos(context, open, { addresses, sizeCodes, plan })
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

/** The same sync, broken off so lately that what it had is fresh still; null: there is none. */
async function findInterrupted(
  { output }: CommandContext,
  { engine, session }: OpenSession,
  { addresses, sizeCodes }: Pick<SyncRequest, 'addresses' | 'sizeCodes'>,
) {
  const settings = await askEngine(engine.client.settings.read())
  const freshMs = settings.ok ? settings.value.library.freshHours * HOUR_MS : 0
  const wanted = new Set<string>(addresses)
  const wantedSizes = new Set<string>(sizeCodes)
  for (const { id, kind, startedMs, photos, done, sizeCodes: sizes } of await session.listInterrupted()) {
    if (kind !== 'sync' || Date.now() - startedMs > freshMs || !isSame(wantedSizes, sizes)) continue
    const plan = await session.findInterrupted(id)
    if (plan === null || !isSame(wanted, plan.addresses)) continue
    const time = new Date(startedMs).toISOString()
    output.message(`Going on with the sync of ${time}: ${done} of ${photos} photos are done. --restart asks for all.`)
    return plan
  }
  return null
}

function isSame(wanted: ReadonlySet<string>, others: readonly string[]): boolean {
  return wanted.size === others.length && others.every((other) => wanted.has(other))
}

function syncPhotos(
  { output, signal }: CommandContext,
  { session }: OpenSession,
  what: Pick<SyncRequest, 'addresses' | 'sizeCodes' | 'plan'>,
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
  const { same, none, requests, bytesReceived, bytesSaved, seconds, earlier } = report
  const failed = report.failed + report.notAvailable
  output.result(
    {
      new: report.new,
      changed: report.changed,
      same,
      none,
      failed,
      requests,
      bytesReceived,
      bytesSaved,
      seconds,
      earlier,
    },
    `${report.new} new, ${report.changed} changed, ${same} same, ${none} none, ${failed} failed` +
      `${earlier === 0 ? '' : ` (${earlier} of them before the interruption)`}; ` +
      `${requests} requests, ${bytesReceived} bytes received, ${bytesSaved} bytes saved, ${seconds.toFixed(1)} s`,
  )
}
