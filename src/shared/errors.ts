import { z } from 'zod'
import { certificateFactsSchema } from './certificate-facts.ts'

/**
 * The closed list of things that can go wrong as far as a person is concerned. `code` is stable: scripts and tests rely on it.
 * No field ever holds a password, a token, or a body received from a server. `endpoint` is a URL without user info.
 */
export const appErrorSchema = z.discriminatedUnion('code', [
  /**
   * The server refused the credentials (401), or there are none. `hint` names the likely cause where one is known, `scheme`
   * how the sign-in was tried.
   */
  z.object({
    code: z.literal('unauthorized'),
    endpoint: z.string(),
    hint: z.enum([
      'wrong-password',
      'channel-binding',
      'scheme-not-offered',
      'no-credentials',
      'account-locked',
      'weaker-scheme',
      // The server had accepted the same credentials before: they changed, or it refuses for another reason.
      'no-longer-accepted',
      // Modern sign-in: no client id is set; the tokens ended or were revoked; a fresh token was refused by Exchange.
      'no-client-id',
      'sign-in-again',
      'token-refused',
      // Kerberos: there is no ticket; the server does not accept it; nobody agreed to use it there without a password.
      'no-ticket',
      'ticket-refused',
      'host-not-agreed',
    ]),
    scheme: z.enum(['negotiate', 'ntlm', 'bearer', 'basic']).optional(),
  }),
  /**
   * Modern sign-in did not come about. `endpoint` is the sign-in server. `reason` is OAuth's error code, such as
   * `access_denied`, with Microsoft's number after it where there is one, or one of ours: `expired`, `authority-not-trusted`.
   */
  z.object({ code: z.literal('oauth-failed'), endpoint: z.string(), reason: z.string() }),
  /** Discovery ended without an EWS URL. `tried` are the hosts asked, in order. */
  z.object({ code: z.literal('server-not-found'), address: z.string(), tried: z.array(z.string()) }),
  /** No connection: name not resolved, refused, reset, timed out. `reason` is the system's code, such as ECONNREFUSED. */
  z.object({ code: z.literal('unreachable'), endpoint: z.string(), reason: z.string() }),
  /**
   * The certificate is not trusted or not this host's. `certificate`: what a person may trust by its fingerprint instead; absent
   * where no trust would help.
   */
  z.object({
    code: z.literal('certificate-untrusted'),
    endpoint: z.string(),
    reason: z.string(),
    certificate: certificateFactsSchema.optional(),
  }),
  /**
   * The server, or the reverse proxy before it, wants a client certificate. `missing`: it got none; `likely-missing`: it ended the
   * handshake without a reason, and none is set. The rest: it does not take the one that is set.
   */
  z.object({
    code: z.literal('client-certificate-refused'),
    endpoint: z.string(),
    reason: z.enum(['missing', 'likely-missing', 'expired', 'revoked', 'unknown-issuer', 'refused']),
  }),
  /**
   * The chosen files are no client certificate with its key. `wrong-passphrase`: also where one is needed and none was given;
   * `expired`: also where it is not valid yet.
   */
  z.object({
    code: z.literal('client-certificate-file'),
    reason: z.enum([
      'no-certificate',
      'no-key',
      'key-mismatch',
      'wrong-passphrase',
      'old-encryption',
      'damaged',
      'expired',
    ]),
  }),
  /** The chosen file holds no CA certificate that could be trusted. `expired`: all that it holds have expired. */
  z.object({ code: z.literal('authority-file'), reason: z.enum(['no-certificate', 'damaged', 'expired']) }),
  /** The server is busy and says, or is taken to say, how long to wait (ms). */
  z.object({ code: z.literal('throttled'), endpoint: z.string(), retryAfterMs: z.number().int().nonnegative() }),
  /** 403: EWS is switched off for the organisation, the user or this application. */
  z.object({ code: z.literal('forbidden'), endpoint: z.string() }),
  /** An answer that makes no sense here: a sign-in page, a redirect, garbage, an EWS fault. `detail` is ours, never the body. */
  z.object({
    code: z.literal('unexpected-answer'),
    endpoint: z.string(),
    status: z.number().int().nullable(),
    detail: z.string(),
  }),
  /** A redirect that must not be followed with credentials. */
  z.object({ code: z.literal('redirect-refused'), endpoint: z.string(), target: z.string() }),
  /**
   * Discovery leads to a host outside the mail domain: it gets no credentials before a person has agreed to it. `endpoint` is
   * who points there, `certificate` what the host showed of itself.
   */
  z.object({
    code: z.literal('consent-needed'),
    endpoint: z.string(),
    host: z.string(),
    certificate: certificateFactsSchema.nullable(),
  }),
  /** The work was cancelled by a person. */
  z.object({ code: z.literal('cancelled') }),
  /** There is no account yet, or its session is closed. */
  z.object({ code: z.literal('not-connected') }),
  /** Something typed or passed in is not acceptable. `field` names it, `reason` is a sentence. */
  z.object({ code: z.literal('invalid-input'), field: z.string(), reason: z.string() }),
  /** What was asked for is not in this version. `feature` is what was asked for. */
  z.object({ code: z.literal('not-supported'), feature: z.string() }),
  /** The library file cannot be used. `reason` is one of the known causes. */
  z.object({
    code: z.literal('library-unusable'),
    reason: z.enum(['corrupt', 'newer-version', 'locked', 'read-only', 'disk-full', 'unreadable', 'key-missing']),
    detail: z.string(),
  }),
  /** A folder or file cannot be written. */
  z.object({ code: z.literal('not-writable'), target: z.string(), reason: z.string() }),
  /** The person is not known here. */
  z.object({ code: z.literal('unknown-person'), address: z.string() }),
  /** There is no picture to do this with. */
  z.object({ code: z.literal('no-photo'), address: z.string() }),
  /** The picture that was received cannot be decoded. */
  z.object({ code: z.literal('photo-unreadable'), address: z.string() }),
  /** The server has a photo that is longer than is accepted; none of it is kept. */
  z.object({ code: z.literal('photo-too-large'), address: z.string(), limitBytes: z.number().int() }),
  /** A file of that name exists and was not to be overwritten. */
  z.object({ code: z.literal('name-taken'), name: z.string() }),
  /** A token, job or target that is not, or no longer, known. */
  z.object({ code: z.literal('unknown-reference'), what: z.string() }),
  /** A bug. Details are in the log under this id. */
  z.object({ code: z.literal('incident'), incidentId: z.string() }),
])

/** An expected failure, as a value. */
export type AppError = z.infer<typeof appErrorSchema>
