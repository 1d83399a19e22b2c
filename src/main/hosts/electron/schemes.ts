import { type Privileges, type Protocol, protocol } from 'electron'
import type { EngineHandle, PhotoReply } from '../../engine/host-ports.ts'
import { answerPhoto } from '../page/answer-photo.ts'
import { type PageFiles, SAFE_HEADERS } from '../page/page-files.ts'

/** The page's address. */
export const PAGE_URL = 'app://rollcall/'
/** What the page puts before a photo's parameters. */
export const PHOTO_BASE = 'photo://library/photo'

const PRIVILEGES: Privileges = { standard: true, secure: true, supportFetchAPI: true }

/** Makes `app:` and `photo:` schemes like https. Must run before the app is ready. */
export function registerSchemes(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { ...PRIVILEGES, codeCache: true } },
    { scheme: 'photo', privileges: PRIVILEGES },
  ])
}

/** Whether an address is the page's: our scheme and our host, whatever the path. */
export function isPageUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol: scheme, host } = new URL(text)
  return scheme === 'app:' && host === 'rollcall'
}

/** Serves the page and its photos to one session's windows. */
export function serveSchemes(target: Protocol, files: PageFiles, engine: Promise<EngineHandle>): void {
  target.handle('app', (request) => {
    const url = new URL(request.url)
    const isAsked = request.method === 'GET' && isPageUrl(request.url)
    const answer = isAsked ? files.read(url.pathname, { images: ['photo:'], connections: [] }) : null
    return answer === null
      ? new Response(null, { status: 404, headers: SAFE_HEADERS })
      : new Response(answer.body, { headers: answer.headers })
  })
  target.handle('photo', async (request) => {
    const url = new URL(request.url)
    const isAsked = request.method === 'GET' && url.host === 'library' && url.pathname === '/photo'
    if (!isAsked) return new Response(null, { status: 404, headers: SAFE_HEADERS })
    return toResponse(await answerPhoto(await engine, url.searchParams, request.signal))
  })
}

function toResponse({ status, headers, body }: PhotoReply): Response {
  return new Response(body === null ? null : new Uint8Array(body), { status, headers: photoHeaders(headers) })
}

/** The page's origin is another one than the photos’: that policy would hide every photo from the only page there is. */
function photoHeaders(headers: PhotoReply['headers']): Record<string, string> {
  return { ...headers, 'Cross-Origin-Resource-Policy': 'cross-origin' }
}
