import type { AppError } from '../../../../shared/errors.ts'
import type { LibraryRemoval, LibraryStatus, RefreshStatus } from '../../../../shared/library.ts'
import { fail, ok, type Result } from '../../../../shared/result.ts'
import type { SizeCode } from '../../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../../shared/smtp-address.ts'
import type { InProcessEngine } from '../../../engine/session-types.ts'
import { askEngine } from '../ask-engine.ts'
import type { CommandContext } from '../command-context.ts'
import { EXIT, type ExitCode } from '../exit-codes.ts'
import { withLibrary } from '../open-session.ts'
import { scopeInLibrary } from '../scope-in-library.ts'
import { checkScopeOptions, type ScopeOptions } from '../scope-options.ts'

export interface LibraryOptions extends ScopeOptions {
  readonly purge?: 'photos' | 'history' | 'photos-and-history'
  readonly size?: readonly SizeCode[]
  readonly forget?: readonly SmtpAddress[]
  readonly check?: boolean
  readonly rebuild?: boolean
  readonly removeSetAside?: boolean
}

interface Opened {
  readonly engine: InProcessEngine
  readonly openError: AppError | null
}

/** `library`: what the library holds; or one of `--purge`, `--forget`, `--check`, `--rebuild`, `--remove-set-aside`. */
export async function runLibrary(context: CommandContext, options: LibraryOptions): Promise<Result<ExitCode>> {
  const checked = checkOptions(options)
  if (!checked.ok) return checked
  return withLibrary(context, async (open) => {
    if (options.rebuild === true) return rebuild(context, open)
    if (open.openError !== null) return fail(open.openError)
    if (options.purge !== undefined) return purge(context, open, options, options.purge)
    if (options.forget !== undefined) return forget(context, open, options.forget)
    if (options.check === true) return check(context, open)
    if (options.removeSetAside === true) return removeSetAside(context, open)
    return tellStatus(context, open)
  })
}

function checkOptions(options: LibraryOptions): Result<null> {
  const wrong = (reason: string) => fail({ code: 'invalid-input', field: 'library', reason })
  const { purge: what, forget: whom, check: isCheck, rebuild: isRebuild, removeSetAside: isClearing } = options
  const actions = [what, whom, isCheck, isRebuild, isClearing].filter((action) => action !== undefined)
  if (actions.length > 1) return wrong('Give only one of --purge, --forget, --check, --rebuild and --remove-set-aside')
  if (what !== undefined) return checkScopeOptions(options)
  const { emails, list, query, all, size } = options
  if ([emails, list, query, all, size].some((option) => option !== undefined))
    return wrong('--emails, --list, --query, --all and --size go with --purge')
  return ok(null)
}

async function tellStatus({ output }: CommandContext, { engine }: Opened): Promise<Result<ExitCode>> {
  const status = await askEngine(engine.client.library.read())
  if (!status.ok) return status
  const refresh = await askEngine(engine.client.library.readRefresh())
  if (!refresh.ok) return refresh
  const lines = [...statusLines(status.value), refreshLine(refresh.value)]
  output.result({ ...status.value, refresh: refresh.value }, lines.join('\n'))
  return ok(EXIT.done)
}

function statusLines(status: LibraryStatus): string[] {
  const { sizes, history, encryption, setAside } = status
  const remaining = encryption.remaining > 0 ? `, ${encryption.remaining} pictures to go` : ''
  return [
    `${status.address}: ${status.file}`,
    `${megabytes(status.fileBytes)} of at most ${megabytes(status.maxBytes)}; ${megabytes(status.freeBytes)} of it free`,
    `${status.people} people, ${status.pictures} pictures (${megabytes(status.pictureBytes)})`,
    ...sizes.map(({ sizeCode, photos, bytes }) => `  ${sizeCode.padEnd(10)} ${photos} photos, ${megabytes(bytes)}`),
    `${history.versions} earlier pictures`,
    `Encryption: ${encryption.state}${remaining}`,
    ...setAside.map(({ name, bytes }) => `Set aside: ${name}, ${megabytes(bytes)}`),
  ]
}

/** The command line refreshes nothing by itself: a window that is open does. */
function refreshLine({ everyHours, nextMs, lastMs }: RefreshStatus): string {
  if (everyHours === null || nextMs === null) return 'Scheduled refresh: off'
  const last = lastMs === null ? 'never yet' : `last ${new Date(lastMs).toISOString()}`
  return `Scheduled refresh: every ${everyHours} h while the window is open, ${last}, next ${new Date(nextMs).toISOString()}`
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}

async function purge(
  context: CommandContext,
  open: Opened,
  options: LibraryOptions,
  what: NonNullable<LibraryOptions['purge']>,
): Promise<Result<ExitCode>> {
  const scope = await scopeInLibrary(context, open, options)
  if (!scope.ok) return scope
  const sizeCodes = options.size === undefined ? null : [...options.size]
  const removed = await askEngine(open.engine.client.library.purge({ scope: scope.value, what, sizeCodes }))
  return removed.ok ? tellRemoval(context.output, removed.value) : removed
}

async function forget(
  { output }: CommandContext,
  { engine }: Opened,
  addresses: readonly SmtpAddress[],
): Promise<Result<ExitCode>> {
  const removed = await askEngine(engine.client.library.forgetPeople({ addresses: [...addresses] }))
  return removed.ok ? tellRemoval(output, removed.value) : removed
}

function tellRemoval(output: CommandContext['output'], removed: LibraryRemoval): Result<ExitCode> {
  const { people, photos, versions } = removed
  output.result(removed, `Removed: ${people} people, ${photos} photos, ${versions} earlier pictures`)
  return ok(EXIT.done)
}

async function check({ output }: CommandContext, { engine }: Opened): Promise<Result<ExitCode>> {
  const found = await askEngine(engine.client.library.check())
  if (!found.ok) return found
  const { problems } = found.value
  output.result({ problems }, problems.length === 0 ? 'The library is sound.' : problems.join('\n'))
  if (problems.length > 0) output.message('Rebuild the library: rollcall library --rebuild')
  return ok(problems.length === 0 ? EXIT.done : EXIT.fault)
}

async function rebuild({ output }: CommandContext, { engine }: Opened): Promise<Result<ExitCode>> {
  const rebuilt = await askEngine(engine.client.library.rebuild())
  if (!rebuilt.ok) return rebuilt
  const status = await askEngine(engine.client.library.read())
  if (!status.ok) return status
  output.result(status.value, 'A new library was begun. The old file is kept beside it:')
  for (const { name } of output.isJson ? [] : status.value.setAside) output.result({}, `  ${name}`)
  return ok(EXIT.done)
}

async function removeSetAside({ output }: CommandContext, { engine }: Opened): Promise<Result<ExitCode>> {
  const removed = await askEngine(engine.client.library.removeSetAside())
  if (!removed.ok) return removed
  output.result(removed.value, `Removed: ${removed.value.files} files`)
  return ok(EXIT.done)
}
