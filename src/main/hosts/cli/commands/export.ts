import { resolve } from 'node:path'
import { describeError } from '../../../../shared/describe-error.ts'
import type { ExportSize } from '../../../../shared/export-size.ts'
import type { Job } from '../../../../shared/jobs.ts'
import type { Scope } from '../../../../shared/people.ts'
import { fail, ok, type Result } from '../../../../shared/result.ts'
import type { SizeCode } from '../../../../shared/size-codes.ts'
import { askEngine } from '../ask-engine.ts'
import type { CommandContext } from '../command-context.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { findPeople } from '../find-people.ts'
import { followJob, resultOf } from '../follow-job.ts'
import { type OpenSession, withSession } from '../open-session.ts'
import { checkScopeOptions, type ScopeOptions } from '../scope-options.ts'

export interface ExportOptions extends ScopeOptions {
  readonly size?: SizeCode
  readonly width?: number
  readonly to: string
}

/** `export`: writes pictures into a folder, and lists who has none or failed. */
export async function runExport(context: CommandContext, options: ExportOptions): Promise<Result<ExitCode>> {
  const checked = checkScopeOptions(options)
  if (!checked.ok) return checked
  const size = sizeOf(options)
  if (!size.ok) return size
  // The folder is chosen by the option, the way a person chooses it in a dialog.
  const host = { chooseFolder: async () => resolve(options.to) }
  const work = async (open: OpenSession): Promise<Result<ExitCode>> => {
    const scope = await findPeople(context, open, options)
    if (!scope.ok) return scope
    const job = await exportPeople(context, open, scope.value, size.value)
    return job.ok ? tellExport(context, job.value) : job
  }
  return withSession(context, work, host)
}

function sizeOf({ size, width }: ExportOptions): Result<ExportSize> {
  if (size !== undefined && width === undefined) return ok({ kind: 'size-code', sizeCode: size })
  if (width !== undefined && size === undefined) return ok({ kind: 'width', widthPx: width })
  return fail({ code: 'invalid-input', field: 'export', reason: 'Give exactly one of --size CODE and --width PX' })
}

async function exportPeople(
  context: CommandContext,
  { engine }: OpenSession,
  scope: Scope,
  size: ExportSize,
): Promise<Result<Job>> {
  const { client } = engine
  const target = await askEngine(client.exports.chooseTarget())
  if (!target.ok) return target
  if (target.value === null) throw new Error('the folder was given, so that it cannot be missing')
  const id = await askEngine(client.exports.start({ scope, size, targetToken: target.value.token }))
  return id.ok ? followJob(context, engine, id.value, 'Exporting') : id
}

function tellExport({ output }: CommandContext, job: Job): Result<ExitCode> {
  const result = resultOf(job, 'export')
  if (!result.ok) return result
  const { failed, failures } = job
  for (const { subject, error } of failures) {
    const { title } = describeError(error)
    output.result(
      { mailbox: subject, state: 'failed', error: error.code, reason: title },
      `failed  ${subject}  ${title}`,
    )
  }
  if (failed > failures.length) output.message(`${failed - failures.length} more failed.`)
  const { files, folder } = result.value
  output.result({ files, failed, folder }, `${files} files in ${folder}, ${failed} failed`)
  return ok(failed > 0 ? EXIT.someFailed : EXIT.done)
}
