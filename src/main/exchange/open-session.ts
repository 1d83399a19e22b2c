import type { AuthChoice, Endpoints } from '../../shared/connections.ts'
import type { AppError } from '../../shared/errors.ts'
import { isExchangeOnlineUrl } from '../../shared/exchange-online.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { Credentials, ExchangeSession, NetworkOptions, SessionMemory } from '../core/connections/ports.ts'
import type { DirectoryAnswer } from '../core/people/ports.ts'
import { createPhotoSource } from './create-photo-source.ts'
import { createBoundedOrigin } from './http/create-bounded-origin.ts'
import { createEwsOrigin, type EwsOrigin } from './http/create-ews-origin.ts'
import { createSignedInOrigin } from './http/create-signed-in-origin.ts'
import { isExchangeOnlineReply } from './http/is-exchange-online-reply.ts'
import { createSignInGuard } from './http/sign-in-guard.ts'
import { buildExpandDl, EXPAND_DL_ACTION, readExpandDl } from './operations/expand-dl.ts'
import { buildFindPeople, FIND_PEOPLE_ACTION, readFindPeople } from './operations/find-people.ts'
import {
  buildGetRoomLists,
  buildGetRooms,
  GET_ROOM_LISTS_ACTION,
  GET_ROOMS_ACTION,
  readGetRoomLists,
  readGetRooms,
} from './operations/get-rooms.ts'
import { buildResolveNames, RESOLVE_NAMES_ACTION, readResolveNames } from './operations/resolve-names.ts'
import { nameOutcome, restWay, soapWay } from './photo-ways.ts'
import type { EwsContext } from './soap/read-ews-answer.ts'

/** How long EWS may be silent (ms), when the options do not say. */
const SILENCE_MS = 60_000

/** An answer may take so many times as long as the server may be silent, and longer the more of it comes. */
const LONGEST_ANSWER = 3

/** The longest SOAP answer (bytes): a hundred people with their directory pictures, the largest there can be. */
const MAX_SOAP_BYTES = 20_000_000

/** Opens a way to one Exchange server. Nothing is sent before the first question. */
export function openSession(
  endpoints: Endpoints,
  credentials: Credentials,
  auth: AuthChoice,
  network: NetworkOptions,
  memory?: SessionMemory,
): ExchangeSession {
  const ewsUrl = new URL(endpoints.ewsUrl)
  const photosUrl = new URL(endpoints.photosUrl ?? endpoints.ewsUrl)
  const guard = createSignInGuard()
  const timeoutMs = network.silenceMs ?? SILENCE_MS
  const open = (origin: URL): EwsOrigin => {
    const signedIn = createSignedInOrigin({ origin, credentials, auth, guard, network, timeoutMs })
    const bounded = createBoundedOrigin(signedIn, origin, LONGEST_ANSWER * timeoutMs)
    return createEwsOrigin(bounded, memory?.mailbox ?? null, network.log)
  }
  const ews = open(ewsUrl)
  const photos = photosUrl.origin === ewsUrl.origin ? ews : open(photosUrl)

  let isOnline = isExchangeOnlineUrl(endpoints.ewsUrl)

  const post = (question: {
    action: string
    body: string
    etag?: string | null
    maxBytes?: number
    signal: AbortSignal
  }) =>
    ews.send({
      method: 'POST',
      path: ewsUrl.pathname + ewsUrl.search,
      headers: {
        'content-type': 'text/xml; charset=utf-8',
        soapaction: `"${question.action}"`,
        ...(question.etag ? { 'if-none-match': question.etag } : {}),
      },
      body: question.body,
      maxBytes: question.maxBytes ?? MAX_SOAP_BYTES,
      signal: question.signal,
    })

  const askEws = async <Answer>(
    question: { action: string; body: string; subject: string | null; signal: AbortSignal },
    read: (context: EwsContext) => Answer,
  ): Promise<Answer | { kind: 'failed'; error: AppError }> => {
    const { outcome } = await post(question)
    if (outcome.kind !== 'reply') return { kind: 'failed', error: nameOutcome(outcome, ewsUrl) }
    isOnline ||= isExchangeOnlineReply(outcome.reply)
    return read({ reply: outcome.reply, url: ewsUrl, nowMs: Date.now(), subject: question.subject })
  }

  const resolveNames = (text: string, signal: AbortSignal): Promise<DirectoryAnswer> => {
    const body = buildResolveNames(endpoints.serverVersion, text)
    return askEws({ action: RESOLVE_NAMES_ACTION, body, subject: null, signal }, readResolveNames)
  }

  return {
    photos: createPhotoSource({
      ways: [
        ...(endpoints.photosUrl === null || isSameWay(photosUrl, ewsUrl)
          ? []
          : [restWay('photos-url', photos, photosUrl, network.maxPhotoBytes)]),
        restWay('ews-url', ews, ewsUrl, network.maxPhotoBytes),
        soapWay(post, endpoints.serverVersion, ewsUrl, network.maxPhotoBytes),
      ],
      known: memory?.photoRoute ?? null,
      onLearnt: (route) => memory?.onPhotoRoute(route),
      nowMs: Date.now,
    }),
    directory: {
      resolveNames,
      expandList(address, signal) {
        const body = buildExpandDl(endpoints.serverVersion, address)
        return askEws({ action: EXPAND_DL_ACTION, body, subject: address, signal }, readExpandDl)
      },
      findPeople(text, offset, limit, signal) {
        const body = buildFindPeople(endpoints.serverVersion, text, offset, limit)
        return askEws({ action: FIND_PEOPLE_ACTION, body, subject: null, signal }, readFindPeople)
      },
      listRoomLists(signal) {
        const body = buildGetRoomLists(endpoints.serverVersion)
        return askEws({ action: GET_ROOM_LISTS_ACTION, body, subject: null, signal }, readGetRoomLists)
      },
      listRooms(list, signal) {
        const body = buildGetRooms(endpoints.serverVersion, list)
        return askEws({ action: GET_ROOMS_ACTION, body, subject: list, signal }, readGetRooms)
      },
    },
    signIn: (signal) =>
      signIn(
        ews,
        () => resolveNames(lookUpText(credentials), signal),
        () => isOnline,
      ),
    async close() {
      await Promise.all([ews.close(), photos === ews ? undefined : photos.close()])
    },
  }
}

const SCHEME_NAMES = { negotiate: 'Negotiate', ntlm: 'NTLM', bearer: 'OAuth', basic: 'Basic' } as const

/** Looks up the user: cheap, and proof that EWS is spoken and allowed. Whether somebody is found does not matter. */
async function signIn(
  origin: EwsOrigin,
  ask: () => Promise<DirectoryAnswer>,
  isOnline: () => boolean,
): Promise<Result<{ scheme: string; isExchangeOnline: boolean }>> {
  const answer = await ask()
  if (answer.kind === 'failed' && !isAboutTheUser(answer.error)) return fail(answer.error)
  return ok({ scheme: origin.scheme === null ? 'none' : SCHEME_NAMES[origin.scheme], isExchangeOnline: isOnline() })
}

/** An account without a mailbox signs in well but cannot resolve names (protocol.md 3.1). */
function isAboutTheUser(error: AppError): boolean {
  return error.code === 'unexpected-answer' && error.detail.endsWith('ErrorNameResolutionNoMailbox')
}

function lookUpText({ userName }: Credentials): string {
  return userName.slice(userName.indexOf('\\') + 1) || userName
}

/** Whether a photos URL leads to where the EWS URL does. */
function isSameWay(photosUrl: URL, ewsUrl: URL): boolean {
  return photosUrl.href.toLowerCase() === ewsUrl.href.toLowerCase()
}
