import { assertNever } from './assert-never.ts'
import {
  AUTHORITY_FILE_WORDS,
  CLIENT_CERTIFICATE_FILE_WORDS,
  REFUSED_STEPS,
  REFUSED_TITLES,
} from './describe-certificate-error.ts'
import type { ErrorWords } from './error-words.ts'
import type { AppError } from './errors.ts'
import { EXCHANGE_ONLINE_WORDS, isExchangeOnlineUrl } from './exchange-online.ts'
import { waitOf } from './wait-words.ts'

/** The host of a URL for people; the text itself when it is not a URL. */
function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : endpoint
}

const CHECK_CLIENT =
  'Check the client ID in the settings, and that its registration allows public client flows (a desktop application without a secret).'

const SIGN_IN_WORDS: Record<Extract<AppError, { code: 'unauthorized' }>['hint'], string> = {
  'wrong-password':
    'Check the user name and password. Nothing more was tried, because repeated wrong passwords can lock the account.',
  'channel-binding':
    'If the password is right, the server may ask for Extended Protection: a proxy or load balancer with another certificate than Exchange’s causes this. Ask the administrator.',
  'scheme-not-offered':
    'The server does not offer the chosen sign-in method. Choose another one, or let Rollcall choose.',
  'no-credentials': 'Enter the password of the account.',
  'account-locked': 'The account is locked. Wait, or ask the administrator to unlock it; trying again keeps it locked.',
  'weaker-scheme':
    'It offers only Basic, although a stronger method was offered before. The password was not sent. Choose Basic by hand if that is right.',
  'no-longer-accepted':
    'It accepted the same sign-in before. If the password changed or expired, sign in again. If it is still right, the server may refuse because there are too many connections: wait a while, and ask for fewer at the same time in the settings (--concurrency). Nothing more was tried.',
  'no-client-id':
    'It asks for modern sign-in (OAuth), which needs the client ID of a registration in your organisation. Enter it in the settings (--oauth-client-id); docs/oauth.md says how to get one.',
  'sign-in-again': 'The modern sign-in has ended or was revoked. Sign in again.',
  'token-refused':
    'It refused a fresh token. Ask the administrator whether Rollcall’s client ID is allowed to use EWS, and whether the scope in the settings is this server’s.',
  'no-ticket':
    'There is no Kerberos ticket for it on this computer. Sign in to the domain (on Linux and macOS: kinit), or enter a password and choose NTLM.',
  'host-not-agreed':
    'A sign-in without a password goes only to servers that were confirmed. If this is the organisation’s server, confirm it (--trust-host), or enter its address by hand.',
  'ticket-refused':
    'It did not accept the Kerberos ticket. Extended Protection set to Require has this effect, too: Kerberos cannot be bound to the connection here. Enter a password and choose NTLM, or ask the administrator.',
}

/** The next step after OAuth's error codes; others get the last one. */
const OAUTH_STEPS: Readonly<Record<string, string>> = {
  access_denied:
    'The sign-in was cancelled, or the permission was not granted. Sign in again, or ask the administrator.',
  consent_required: 'The administrator has to grant Rollcall’s permission first; docs/oauth.md says how.',
  invalid_client: CHECK_CLIENT,
  unauthorized_client: CHECK_CLIENT,
  invalid_scope: 'Check the scope in the settings, and the permissions of the registration.',
  invalid_resource:
    'Check the scope in the settings: the sign-in server does not know the Exchange server by this name.',
  expired: 'Nobody signed in in time. Start again.',
  'authority-not-trusted':
    'The Exchange server names it as its sign-in server, but it lies outside the mail domain. If it is right, enter it as the authority in the settings.',
}
const OAUTH_STEP = 'Try again. If it stays, show this to the administrator.'

/** Beside the password, Extended Protection makes a server refuse NTLM; nothing in its answer tells the two apart. */
const NTLM_WORDS =
  'If they are right, Extended Protection may be the cause: a proxy or load balancer with another certificate than Exchange’s. Ask the administrator.'

function signInWords({ hint, scheme }: Extract<AppError, { code: 'unauthorized' }>): string {
  const words = SIGN_IN_WORDS[hint]
  return hint === 'wrong-password' && scheme === 'ntlm' ? `${words} ${NTLM_WORDS}` : words
}

const PROXY_STEP =
  'The proxy does not let it through; 407 means that it wants a user name and password, which are read from HTTPS_PROXY. Check the proxy in the settings or the environment.'

const LIBRARY_WORDS: Record<Extract<AppError, { code: 'library-unusable' }>['reason'], string> = {
  corrupt:
    'Rebuild the library: the damaged file is set aside, and everything is read again from the server. Accounts and settings are kept.',
  'newer-version':
    'It was written by a newer Rollcall. Update Rollcall, or rebuild the library: the file is set aside, and everything is read again.',
  'key-missing':
    'Its pictures are encrypted, and the key is not in the system’s password store. Unlock the store and try again, or rebuild the library: everything is read again from the server.',
  locked: 'Another program is using it. Close the other Rollcall, then try again.',
  'read-only': 'Its folder cannot be written to. Change the permissions, or choose another data folder.',
  'disk-full': 'The disk is full. Free some space, then try again.',
  unreadable: 'It cannot be opened. Check the data folder and its permissions.',
}

function throttledStep(retryAfterMs: number): string {
  const { count, unit } = waitOf(retryAfterMs)
  return `It asks to wait ${count} ${unit}; the work goes on by itself after that.`
}

/** Words for every error, in one place, in English: as the command line and the log have them. */
export function describeError(error: AppError): ErrorWords {
  switch (error.code) {
    case 'unauthorized':
      return { title: `${hostOf(error.endpoint)} refused the sign-in.`, nextStep: signInWords(error) }
    case 'oauth-failed':
      return {
        title: `The sign-in at ${hostOf(error.endpoint)} did not work (${error.reason}).`,
        nextStep: OAUTH_STEPS[error.reason.split(' ')[0] ?? ''] ?? OAUTH_STEP,
      }
    case 'server-not-found':
      return {
        title: `No Exchange server was found for ${error.address}.`,
        nextStep: `Asked: ${error.tried.length > 0 ? error.tried.join(', ') : 'nobody'}. Check the address, or enter the server’s address by hand.`,
      }
    case 'unreachable':
      return {
        title: `${hostOf(error.endpoint)} cannot be reached (${error.reason}).`,
        nextStep: error.reason.startsWith('PROXY_')
          ? PROXY_STEP
          : 'Check the network, then try again. What is in the library stays usable.',
      }
    case 'certificate-untrusted':
      return {
        title: `The certificate of ${hostOf(error.endpoint)} is not trusted (${error.reason}).`,
        nextStep:
          error.certificate === undefined
            ? 'If the organisation has its own CA, give its certificate file (--ca-file); otherwise ask the administrator.'
            : `Compare its SHA-256 fingerprint with the administrator: ${error.certificate.sha256} (${error.certificate.subject}). If it is the same, trust it (--pin-sha256).`,
      }
    case 'client-certificate-refused':
      return {
        title: REFUSED_TITLES[error.reason](hostOf(error.endpoint)),
        nextStep: REFUSED_STEPS[error.reason],
      }
    case 'client-certificate-file':
      return CLIENT_CERTIFICATE_FILE_WORDS[error.reason]
    case 'authority-file':
      return AUTHORITY_FILE_WORDS[error.reason]
    case 'throttled':
      return {
        title: `${hostOf(error.endpoint)} is busy.`,
        nextStep: throttledStep(error.retryAfterMs),
      }
    case 'forbidden':
      return {
        title: `${hostOf(error.endpoint)} does not allow Exchange Web Services for this account.`,
        nextStep: isExchangeOnlineUrl(error.endpoint)
          ? EXCHANGE_ONLINE_WORDS.nextStep
          : 'Ask the administrator whether EWS is switched off for the organisation, the user or Rollcall.',
      }
    case 'unexpected-answer':
      return {
        title: `${hostOf(error.endpoint)} gave an answer that makes no sense${error.status === null ? '' : ` (HTTP ${error.status})`}: ${error.detail}.`,
        nextStep: 'Try again later. If it stays, show this to the administrator.',
      }
    case 'redirect-refused':
      return {
        title: `${hostOf(error.endpoint)} points to ${hostOf(error.target)}, which is not trusted with the password.`,
        nextStep: 'If that host is right, enter its EWS address by hand.',
      }
    case 'consent-needed':
      return {
        title: `${hostOf(error.endpoint)} points to ${error.host}, which lies outside the mail domain.`,
        nextStep:
          'If that host belongs to the organisation or its provider, trust it (--trust-host); otherwise ask the administrator.',
      }
    case 'cancelled':
      return { title: 'Cancelled.', nextStep: 'What was finished before is kept.' }
    case 'not-connected':
      return { title: 'No account is connected.', nextStep: 'Connect an account, or use the demo organisation.' }
    case 'invalid-input':
      return { title: `${error.field}: ${error.reason}.`, nextStep: 'Correct it and try again.' }
    case 'not-supported':
      return { title: `${error.feature} is not in this version of Rollcall.`, nextStep: 'Choose another way.' }
    case 'library-unusable':
      return { title: `The library cannot be used: ${error.detail}.`, nextStep: LIBRARY_WORDS[error.reason] }
    case 'not-writable':
      return { title: `${error.target} cannot be written (${error.reason}).`, nextStep: 'Choose another folder.' }
    case 'unknown-person':
      return { title: `${error.address} is not known here.`, nextStep: 'Search for the person, or read the directory.' }
    case 'no-photo':
      return { title: `${error.address} has no photo.`, nextStep: 'There is nothing to export for this person.' }
    case 'photo-unreadable':
      return {
        title: `The photo of ${error.address} cannot be decoded.`,
        nextStep: 'Export it with a size code to get the bytes as received; the owner should upload it again.',
      }
    case 'photo-too-large':
      return {
        title: `The photo of ${error.address} is larger than ${Math.round(error.limitBytes / 1_000_000)} MB and was not read.`,
        nextStep: 'The owner should upload a smaller one.',
      }
    case 'name-taken':
      return { title: `${error.name} exists already.`, nextStep: 'Choose another folder, or move the file away.' }
    case 'unknown-reference':
      return { title: `${error.what} is no longer known.`, nextStep: 'Start again from the window.' }
    case 'incident':
      return {
        title: `Something went wrong inside Rollcall (incident ${error.incidentId}).`,
        nextStep: 'The log has the details under this number.',
      }
    default:
      return assertNever(error)
  }
}
