import { pino } from 'pino'
import type { Log } from '../core/ports.ts'
import { type LogFile, openLogFile } from './log-file.ts'

/** Where and how much to log. Without `file` lines go to the standard error stream. */
export interface LogOptions {
  readonly level: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  /** A file that grows to at most 5 MB, then moves to `<file>.1`. */
  readonly file?: string
}

/** Names of facts that are never written, whoever passes them: a second net under the rule that secrets are not logged. */
const SECRET_NAMES = ['password', 'secret', 'token', 'authorization', 'cookie', 'setCookie', 'credentials']

/** One line of JSON an entry. A log file that cannot be written is said once, and the log goes to standard error. */
export function createLog(options: LogOptions): Log & { close(): void } {
  const file = options.file === undefined || options.level === 'silent' ? null : openLogFile(options.file)
  const destination: LogFile = file?.ok ? file.value : { write: (line) => process.stderr.write(line), close: () => {} }
  const logger = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: '[redacted]' },
    },
    destination,
  )
  if (file?.ok === false) logger.warn({ error: file.error }, 'the log file cannot be written')
  return {
    debug: (message, facts) => logger.debug(facts ?? {}, message),
    info: (message, facts) => logger.info(facts ?? {}, message),
    warn: (message, facts) => logger.warn(facts ?? {}, message),
    error: (message, facts) => logger.error(facts ?? {}, message),
    close: () => destination.close(),
  }
}
