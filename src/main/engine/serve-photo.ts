import type { PhotoUrlQuery } from '../../shared/photo-url.ts'
import type { PhotoRecord } from '../../shared/photos.ts'
import { mediaTypeOf } from '../core/photos/media-type.ts'
import type { PhotoRepository } from '../core/photos/ports.ts'
import type { PhotoReply } from './host-ports.ts'
import type { AccountSession } from './session-types.ts'

const COMMON_HEADERS = { 'X-Content-Type-Options': 'nosniff', 'Cross-Origin-Resource-Policy': 'same-origin' } as const
/** An address with a content hash always means the same bytes. */
const FOREVER = 'private, max-age=31536000, immutable'
const NEVER = 'no-store'

/**
 * Answers a photo's address. With `v` from the library alone, to be cached for ever; without it the photo is made sure of
 * first. 404: no such photo; 415: bytes that no page should be given; 502: the server could not be asked.
 */
export async function servePhoto(
  session: AccountSession | null,
  query: PhotoUrlQuery,
  signal: AbortSignal,
): Promise<PhotoReply> {
  if (session === null) return empty(404)
  if (query.v !== undefined) return servePinned(session.photos, query, query.v)
  const options = { priority: 'visible' as const, signal }
  const { record } = await session.ensurePhoto(query.person, query.size, options)
  const reply = serveRecord(session.photos, record, NEVER)
  if (reply.status !== 404 || record.verdict !== 'photo') return reply
  // The picture is known, but its bytes are gone or damaged: they are asked for anew.
  const again = await session.ensurePhoto(query.person, query.size, { ...options, isForced: true })
  return serveRecord(session.photos, again.record, NEVER)
}

/** What is needed of a library to show its pictures. */
export type ShownPhotos = Pick<PhotoRepository, 'find' | 'listForPerson' | 'listHistory' | 'readBytes'>

/** From the library alone, and only a picture that the person has or had: the hash alone opens nothing. */
export function servePinned(photos: ShownPhotos, query: PhotoUrlQuery, contentHash: string): PhotoReply {
  const asked = photos.find(query.person, query.size)
  const held =
    asked?.record.contentHash === contentHash
      ? asked
      : photos.listForPerson(query.person).find(({ record }) => record.contentHash === contentHash)
  if (held !== undefined) return serveRecord(photos, held.record, FOREVER)
  const version = photos.listHistory(query.person).find((earlier) => earlier.contentHash === contentHash)
  return version === undefined ? empty(404) : servePicture(photos, version, FOREVER)
}

function serveRecord(photos: ShownPhotos, record: PhotoRecord, cacheControl: string): PhotoReply {
  if (record.verdict !== 'photo' || record.contentHash === null) {
    return empty(record.verdict === 'not-asked' && record.error !== null ? 502 : 404)
  }
  return servePicture(photos, { ...record, contentHash: record.contentHash }, cacheControl)
}

/** What is not a whole picture is never served, whatever the server called it. */
function servePicture(
  photos: ShownPhotos,
  picture: Pick<PhotoRecord, 'isDecodable' | 'format'> & { readonly contentHash: string },
  cacheControl: string,
): PhotoReply {
  const mediaType = picture.isDecodable === true ? mediaTypeOf(picture.format) : null
  if (mediaType === null) return empty(415)
  const body = photos.readBytes(picture.contentHash)
  if (body === null) return empty(404)
  const headers = { ...COMMON_HEADERS, 'Content-Type': mediaType, 'Cache-Control': cacheControl }
  return { status: 200, headers: { ...headers, 'Content-Length': String(body.byteLength) }, body }
}

function empty(status: number): PhotoReply {
  return { status, headers: { ...COMMON_HEADERS, 'Cache-Control': NEVER }, body: null }
}
