import type { AppError } from '../../../shared/errors.ts'

/** What the command line ends with (F104). Scripts rely on the numbers. */
export const EXIT = {
  done: 0,
  fault: 1,
  usage: 2,
  signInRefused: 3,
  serverNotFound: 4,
  someFailed: 5,
  interrupted: 130,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The exit code of a command that was ended by this error. */
export function exitCodeOf(error: AppError): ExitCode {
  switch (error.code) {
    case 'invalid-input':
    case 'client-certificate-file':
    case 'authority-file':
    case 'not-supported':
    case 'not-connected':
    case 'unknown-person':
    case 'unknown-reference':
      return EXIT.usage
    case 'unauthorized':
    case 'forbidden':
    case 'oauth-failed':
    case 'client-certificate-refused':
      return EXIT.signInRefused
    case 'server-not-found':
    case 'unreachable':
    case 'certificate-untrusted':
    case 'redirect-refused':
    case 'consent-needed':
      return EXIT.serverNotFound
    case 'cancelled':
      return EXIT.interrupted
    default:
      return EXIT.fault
  }
}
