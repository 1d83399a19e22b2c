import type { AuthChoice, Endpoints } from '../../shared/connections.ts'
import type { AppError } from '../../shared/errors.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Credentials, ExchangeSession, NetworkOptions } from '../core/connections/ports.ts'
import type { DirectoryAnswer } from '../core/people/ports.ts'
import type { PhotoAnswer, PhotoQuestion } from '../core/photos/ports.ts'
import { createSignedInOrigin, type SignedInOrigin, type SignedInOutcome } from './http/create-signed-in-origin.ts'
import { nameRefusal } from './http/name-refusal.ts'
import { createSignInGuard } from './http/sign-in-guard.ts'
import { buildExpandDl, EXPAND_DL_ACTION, readExpandDl } from './operations/expand-dl.ts'
import { photoUrl, readPhotoAnswer } from './operations/get-user-photo.ts'
import { buildResolveNames, RESOLVE_NAMES_ACTION, readResolveNames } from './operations/resolve-names.ts'
import type { EwsContext } from './soap/read-ews-answer.ts'

/** How long EWS may be silent (ms). */
const TIMEOUT_MS = 60_000

/** The longest SOAP answer (bytes): a hundred people with their directory pictures, the largest there can be. */
const MAX_SOAP_BYTES = 20_000_000

/** Told to every server: policies may allow or refuse EWS by it (protocol.md 6.1). */
const USER_AGENT = 'Rollcall'

/** Opens a way to one Exchange server. Nothing is sent before the first question. */
export function openSession(
  endpoints: Endpoints,
  credentials: Credentials,
  auth: AuthChoice,
  network: NetworkOptions,
): ExchangeSession {
  const ewsUrl = new URL(endpoints.ewsUrl)
  const photosUrl = new URL(endpoints.photosUrl ?? endpoints.ewsUrl)
  const guard = createSignInGuard()
  const open = (origin: URL): SignedInOrigin =>
    createSignedInOrigin({ origin, credentials, auth, guard, network, timeoutMs: TIMEOUT_MS })
  const ews = open(ewsUrl)
  const photos = photosUrl.origin === ewsUrl.origin ? ews : open(photosUrl)

  const askEws = async (
    question: { action: string; body: string; subject: string | null; signal: AbortSignal },
    read: (context: EwsContext) => DirectoryAnswer,
  ): Promise<DirectoryAnswer> => {
    const outcome = await ews.send({
      method: 'POST',
      path: ewsUrl.pathname + ewsUrl.search,
      headers: {
        'content-type': 'text/xml; charset=utf-8',
        soapaction: `"${question.action}"`,
        'user-agent': USER_AGENT,
      },
      body: question.body,
      maxBytes: MAX_SOAP_BYTES,
      signal: question.signal,
    })
    if (outcome.kind !== 'reply') return { kind: 'failed', error: nameOutcome(outcome, ewsUrl) }
    return read({ reply: outcome.reply, url: ewsUrl, nowMs: Date.now(), subject: question.subject })
  }

  const resolveNames = (text: string, signal: AbortSignal): Promise<DirectoryAnswer> => {
    const body = buildResolveNames(endpoints.serverVersion, text)
    return askEws({ action: RESOLVE_NAMES_ACTION, body, subject: null, signal }, readResolveNames)
  }

  return {
    photos: { fetchPhoto: (question) => fetchPhoto(photos, photosUrl, question, network.maxPhotoBytes) },
    directory: {
      resolveNames,
      expandList(address, signal) {
        const body = buildExpandDl(endpoints.serverVersion, address)
        return askEws({ action: EXPAND_DL_ACTION, body, subject: address, signal }, readExpandDl)
      },
    },
    signIn: (signal) => signIn(ews, () => resolveNames(lookUpText(credentials), signal)),
    async close() {
      await Promise.all([ews.close(), photos === ews ? undefined : photos.close()])
    },
  }
}

async function fetchPhoto(
  origin: SignedInOrigin,
  baseUrl: URL,
  { address, sizeCode, etag, signal }: PhotoQuestion,
  maxBytes: number,
): Promise<PhotoAnswer> {
  const url = photoUrl(baseUrl.href, address, sizeCode)
  const outcome = await origin.send({
    method: 'GET',
    path: url.pathname + url.search,
    headers: { 'user-agent': USER_AGENT, ...(etag === null ? {} : { 'if-none-match': etag }) },
    body: null,
    maxBytes,
    signal,
  })
  if (outcome.kind === 'reply') return readPhotoAnswer(outcome.reply, url, address, Date.now())
  const status = outcome.kind === 'failed' ? outcome.status : outcome.reply.status
  const bodyBytes = outcome.kind === 'failed' ? outcome.bodyBytes : 0
  return { askedUrl: url.href, bodyBytes, kind: 'failed', status, error: nameOutcome(outcome, url) }
}

/** Looks up the user: cheap, and proof that EWS is spoken and allowed. Whether somebody is found does not matter. */
async function signIn(
  origin: SignedInOrigin,
  ask: () => Promise<DirectoryAnswer>,
): Promise<Result<{ scheme: string }>> {
  const answer = await ask()
  if (answer.kind === 'failed' && !isAboutTheUser(answer.error)) return fail(answer.error)
  return ok({ scheme: origin.scheme === 'ntlm' ? 'NTLM' : 'Basic' })
}

/** An account without a mailbox signs in well but cannot resolve names (protocol.md 3.1). */
function isAboutTheUser(error: AppError): boolean {
  return error.code === 'unexpected-answer' && error.detail.endsWith('ErrorNameResolutionNoMailbox')
}

function lookUpText({ userName }: Credentials): string {
  return userName.slice(userName.indexOf('\\') + 1) || userName
}

function nameOutcome(outcome: Exclude<SignedInOutcome, { kind: 'reply' }>, url: URL): AppError {
  if (outcome.kind === 'failed') return outcome.error
  const error = nameRefusal(outcome.reply, url, Date.now())
  return error.code === 'unexpected-answer' ? { ...error, detail: 'the server did not ask for a sign-in' } : error
}
