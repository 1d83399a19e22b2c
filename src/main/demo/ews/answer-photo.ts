import { sizeCodeSchema } from '../../../shared/size-codes.ts'
import { type Answer, emptyAnswer, type Question, type Subject } from '../http/answers.ts'
import type { PhotoDesk } from '../photos/create-photo-desk.ts'

const OPERATION = 'GetUserPhoto'

/** Which photo is asked for. */
export function describePhoto({ url }: Question): Required<Subject> {
  const address = url.searchParams.get('email')?.trim().toLowerCase() ?? ''
  return { operation: OPERATION, address, sizeCode: url.searchParams.get('size') ?? '' }
}

/**
 * Answers a photo by plain GET: 200 with bytes and ETag, 304 when If-None-Match names that ETag, 404 when there is no
 * picture or no such mailbox, 400 when the question itself is wrong.
 * @see "User photos in EWS in Exchange 2013"; MS-OXWSPHOTO 3.1.5.1.1
 */
export async function answerPhoto(question: Question, photos: PhotoDesk): Promise<Answer> {
  if (question.method !== 'GET') return emptyAnswer(OPERATION, 405, { allow: 'GET' })
  const about = describePhoto(question)
  const { address } = about
  const sizeCode = sizeCodeSchema.safeParse(about.sizeCode)
  if (!sizeCode.success || !address.includes('@')) return { ...emptyAnswer(OPERATION, 400), ...about }
  const etag = photos.etag(address, sizeCode.data)
  if (etag === null) return { ...emptyAnswer(OPERATION, 404), ...about }
  if (question.ifNoneMatch === etag) return { ...emptyAnswer(OPERATION, 304, { etag }), ...about }
  const photo = await photos.photo(address, sizeCode.data)
  if (photo === null) return { ...emptyAnswer(OPERATION, 404), ...about }
  const headers = { 'content-type': photo.contentType, etag: photo.etag }
  return { status: 200, headers, body: photo.bytes, ...about }
}
