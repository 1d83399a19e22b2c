import type { Readable } from 'node:stream'
import { CommanderError } from 'commander'
import { describeError } from '../../../shared/describe-error.ts'
import { fail, type Result } from '../../../shared/result.ts'
import type { CommandLineParts } from './command-context.ts'
import { createProgram } from './create-program.ts'
import { EXIT, type ExitCode, exitCodeOf } from './exit-codes.ts'
import { createOutput, type Output, type OutputStreams } from './output.ts'

export interface CommandLineRun extends OutputStreams {
  /** What was typed after the program's name. */
  readonly args: readonly string[]
  readonly stdin: Readable
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal
  readonly parts: CommandLineParts
}

/**
 * Runs one command line to its end, everything written.
 * @returns the exit code; 0 as well when whoever read stdout has gone
 */
export async function runCommandLine(run: CommandLineRun): Promise<ExitCode> {
  const { args, stdin, parts, stdout } = run
  let isJson = false
  let code: ExitCode = EXIT.done
  const output = createOutput(run, () => isJson, Date.now)
  const readerGone = new AbortController()
  const onStdoutError = () => readerGone.abort()
  stdout.on('error', onStdoutError)
  run.stderr.on('error', ignore)
  const signal = AbortSignal.any([run.signal, readerGone.signal])
  const program = createProgram({
    version: parts.version,
    output,
    async run(options, command) {
      isJson = options.json
      code = endOf(await command({ options, output, signal, stdin, parts }), output)
    },
  })
  try {
    await program.parseAsync(args, { from: 'user' })
  } catch (cause) {
    code = signal.aborted ? endOf(fail({ code: 'cancelled' }), output) : endOfThrow(cause, output)
  }
  await output.flush()
  return readerGone.signal.aborted && !run.signal.aborted ? EXIT.done : code
}

/** A terminal that has gone takes no more messages; the work is not hurt by it. */
function ignore(): void {}

function endOf(end: Result<ExitCode>, output: Output): ExitCode {
  if (end.ok) return end.value
  const { title, nextStep } = describeError(end.error)
  output.message(end.error.code === 'cancelled' ? 'Interrupted.' : `${title} ${nextStep}`)
  return exitCodeOf(end.error)
}

function endOfThrow(cause: unknown, output: Output): ExitCode {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? EXIT.done : EXIT.usage
  output.message(`A fault inside Rollcall: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`)
  return EXIT.fault
}
