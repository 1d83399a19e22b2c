import { Command, InvalidArgumentError } from 'commander'
import { FINDING_CODES } from '../../../shared/people.ts'
import type { Result } from '../../../shared/result.ts'
import { SIZE_CODES, type SizeCode, sizeCodeSchema } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { CommandContext } from './command-context.ts'
import type { AuditOptions } from './commands/audit.ts'
import type { ExportOptions } from './commands/export.ts'
import type { FindingsOptions } from './commands/findings.ts'
import type { LibraryOptions } from './commands/library.ts'
import type { PeopleOptions } from './commands/people.ts'
import type { SyncOptions } from './commands/sync.ts'
import type { ExitCode } from './exit-codes.ts'
import { addGlobalOptions, type GlobalOptions, parseAddress, parseCount, readGlobalOptions } from './global-options.ts'
import type { Output } from './output.ts'
import { addScopeOptions } from './scope-options.ts'

const SIZES_HELP = `one of ${SIZE_CODES.join(', ')}`

const CLOSING_HELP = `
Results go to stdout, progress and messages to stderr. Rollcall only reads: it cannot change a photo.

Exit codes:
  0  done                   3  sign-in refused       130  interrupted
  1  fault                  4  server not found
  2  wrong usage            5  done with some failures

Examples:
  rollcall --demo people anna
  rollcall connect --account anna@example.org --password-stdin < password.txt
  rollcall sync --all --size HR240x240 --size HR648x648 --json
  rollcall audit --all --format csv --out photos.csv
  rollcall export --width 300 --to badges --emails team.csv
  rollcall audit --list all-staff@example.org
`

/** Runs a command once its options are read. */
export type RunCommand = (
  options: GlobalOptions,
  run: (context: CommandContext) => Promise<Result<ExitCode>>,
) => Promise<void>

export interface ProgramOptions {
  readonly version: string
  readonly output: Pick<Output, 'raw' | 'message'>
  /** What is loaded when a command is run, so that a help text is there at once. */
  readonly run: RunCommand
}

/** The command line: every command, its options and help. Throws commander's `CommanderError` for wrong usage and after help. */
export function createProgram({ version, output, run }: ProgramOptions): Command {
  const program = new Command('rollcall')
    .description('Shows, checks and exports the user photos of an Exchange directory.')
    .version(version)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: output.raw, writeErr: (text) => output.message(text.trimEnd()) })
    .exitOverride()
    .addHelpText('after', CLOSING_HELP)
  addGlobalOptions(program)
  addConnect(program, run)
  addPeople(program, run)
  addSync(program, run)
  addAudit(program, run)
  addExport(program, run)
  addFindings(program, run)
  addLibrary(program, run)
  addServe(program, run)
  addDemo(program, run)
  return program
}

function addConnect(program: Command, run: RunCommand): void {
  program
    .command('connect')
    .description('find the server of --account, sign in, and keep the account; tells every step')
    .action(async (_options: object, command: Command) => {
      await run(readGlobalOptions(command), async (context) =>
        (await import('./commands/connect.ts')).runConnect(context),
      )
    })
}

function addPeople(program: Command, run: RunCommand): void {
  program
    .command('people')
    .description('list people: mailbox, name, department, office, title, type')
    .argument('[query]', 'words to look for: name, address, department, office, title')
    .option('--all', 'everybody; the directory is read first where that was never done')
    .addOption(
      program
        .createOption(
          '--from <source>',
          'read everybody from there first; ldap: the server of --ldap, thumbnails and all',
        )
        .choices(['exchange', 'ldap']),
    )
    .option('--ldap-user <name>', 'who signs in to the LDAP server, when it is not the account; kept with the account')
    .option('--ldap-password-stdin', 'read the password of --ldap-user from the next line of stdin')
    .option('--hidden', 'of LDAP: with people who are hidden from address lists')
    .action(async (query: string | undefined, options: PeopleOptions, command: Command) => {
      await run(readGlobalOptions(command), async (context) =>
        (await import('./commands/people.ts')).runPeople(context, query, options),
      )
    })
}

function addSync(program: Command, run: RunCommand): void {
  addScopeOptions(program.command('sync'))
    .description('ask the server for photos, unchanged ones without moving a byte; a line a photo, then a summary')
    .option('--size <code>', `${SIZES_HELP}; repeatable (default: HR648x648)`, collectSize)
    .option(
      '--restart',
      'ask for everything, although the same sync was interrupted; without it, it goes on where it was',
    )
    .action(async (options: SyncOptions, command: Command) => {
      await run(readGlobalOptions(command), async (context) =>
        (await import('./commands/sync.ts')).runSync(context, options),
      )
    })
}

function addAudit(program: Command, run: RunCommand): void {
  addScopeOptions(program.command('audit'))
    .description('say of everybody what photo there is and what is wrong with it')
    .addOption(program.createOption('--format <format>', 'json (one object a line) or csv').choices(['json', 'csv']))
    .option('--out <file>', 'write into this file, whole or not at all')
    .action(async (options: AuditOptions, command: Command) => {
      await run(readGlobalOptions(command), async (context) =>
        (await import('./commands/audit.ts')).runAudit(context, options),
      )
    })
}

function addFindings(program: Command, run: RunCommand): void {
  const codes = `one of ${FINDING_CODES.join(', ')}`
  addScopeOptions(program.command('findings'))
    .description('list what was accepted; accept a finding of the people in scope, or take that back')
    .addOption(program.createOption('--accept <finding>', codes).choices(FINDING_CODES))
    .addOption(program.createOption('--take-back <finding>', 'open again').choices(FINDING_CODES))
    .option('--reason <text>', 'with --accept: why')
    .option('--until <day>', 'with --accept: the last day, YYYY-MM-DD; after it the finding is open again')
    .action(async (options: FindingsOptions, command: Command) => {
      await run(readGlobalOptions(command), async (context) =>
        (await import('./commands/findings.ts')).runFindings(context, options),
      )
    })
}

function addExport(program: Command, run: RunCommand): void {
  addScopeOptions(program.command('export'))
    .description('write pictures into a folder; nothing that is there is overwritten')
    .option('--size <code>', `the bytes as received: ${SIZES_HELP}`, parseSize)
    .option(
      '--width <px>',
      'scaled down to this width from the best there is, 16 to 4096; never up',
      parseCount(16, 4096),
    )
    .requiredOption('--to <dir>', 'folder, made when it is not there')
    .action(async (options: ExportOptions, command: Command) => {
      await run(readGlobalOptions(command), async (context) =>
        (await import('./commands/export.ts')).runExport(context, options),
      )
    })
}

function addLibrary(program: Command, run: RunCommand): void {
  addScopeOptions(program.command('library'))
    .description('what the library holds; with an option: remove, check or rebuild it')
    .addOption(
      program
        .createOption('--purge <what>', 'remove these of the people in scope; nothing is asked of the server')
        .choices(['photos', 'history', 'photos-and-history']),
    )
    .option('--size <code>', `with --purge, ${SIZES_HELP}; repeatable (default: all)`, collectSize)
    .option('--forget <address>', 'remove everything about a person; repeatable', collectAddress)
    .option('--check', 'read the whole file and say whether it is sound')
    .option('--rebuild', 'set the file aside and begin a new one; accounts and settings are kept')
    .option('--remove-set-aside', 'remove files that were set aside')
    .action(async (options: LibraryOptions, command: Command) => {
      await run(readGlobalOptions(command), async (context) =>
        (await import('./commands/library.ts')).runLibrary(context, options),
      )
    })
}

function addServe(program: Command, run: RunCommand): void {
  program
    .command('serve')
    .description('the browser mode: the window, served to a browser on this machine, until Ctrl+C')
    .option('--port <n>', 'port on 127.0.0.1 (default: any that is free)', parseCount(0, 65_535), 0)
    .action(async ({ port }: { port: number }, command: Command) => {
      await run(readGlobalOptions(command), async (context) =>
        (await import('./commands/serve.ts')).runServe(context, port),
      )
    })
}

function addDemo(program: Command, run: RunCommand): void {
  program
    .command('demo')
    .description('the demo Exchange alone, for other clients, until Ctrl+C; --people sets its size')
    .option('--port <n>', 'port on 127.0.0.1 (default: any that is free)', parseCount(0, 65_535), 0)
    .action(async ({ port }: { port: number }, command: Command) => {
      await run(readGlobalOptions(command), async (context) =>
        (await import('./commands/demo.ts')).runDemo(context, port),
      )
    })
}

function parseSize(text: string): SizeCode {
  const sizeCode = sizeCodeSchema.safeParse(text)
  if (!sizeCode.success) throw new InvalidArgumentError(`It is ${SIZES_HELP}.`)
  return sizeCode.data
}

function collectAddress(text: string, previous: readonly SmtpAddress[] | undefined): readonly SmtpAddress[] {
  return [...(previous ?? []), parseAddress(text)]
}

function collectSize(text: string, previous: readonly SizeCode[] | undefined): readonly SizeCode[] {
  return [...(previous ?? []), parseSize(text)]
}
