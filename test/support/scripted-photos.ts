import { createHash } from 'node:crypto'
import type { PhotoAnswer, PhotoQuestion, PhotoSource, PictureProbe } from '../../src/main/core/photos/ports.ts'
import type { AppError } from '../../src/shared/errors.ts'

/** What a scripted server has of a person: bytes, or no photo. */
export interface ScriptedPhoto {
  readonly text: string
  readonly etag: string | null
  /** False: nothing tells how long the body is. */
  readonly isWhole?: boolean
}

/** A server of photos in memory that a test scripts and asks what it was asked. */
export interface ScriptedPhotos extends PhotoSource {
  readonly asked: PhotoQuestion[]
  put(address: string, photo: ScriptedPhoto | null): void
  /** The next questions are answered with these failures first, whoever they are about. */
  failNext(...errors: AppError[]): void
  /** Every question about this person fails; null: no more. */
  failFor(address: string, error: AppError | null): void
  /** Questions fail by their number, from now on. */
  failEvery(isFailing: (question: number) => boolean, error: AppError): void
  /** Answers wait until `release`; the number of questions that arrived is in `asked`. */
  hold(): void
  release(): void
}

export const SERVER = 'https://mail.fjordline.example'
export const RESET: AppError = { code: 'unreachable', endpoint: SERVER, reason: 'ECONNRESET' }
export const REFUSED: AppError = { code: 'unreachable', endpoint: SERVER, reason: 'ECONNREFUSED' }
export const WRONG_PASSWORD: AppError = { code: 'unauthorized', endpoint: SERVER, hint: 'wrong-password' }
export const FORBIDDEN: AppError = { code: 'forbidden', endpoint: SERVER }
export const busyFor = (retryAfterMs: number): AppError => ({ code: 'throttled', endpoint: SERVER, retryAfterMs })
export const serverFault: AppError = { code: 'unexpected-answer', endpoint: SERVER, status: 500, detail: 'fault' }

/** Makes a server that has no photos yet: everybody is answered with 404. */
export function createScriptedPhotos(): ScriptedPhotos {
  const photos = new Map<string, ScriptedPhoto>()
  const failing = new Map<string, AppError>()
  const failures: AppError[] = []
  let failureOf: (question: number) => AppError | undefined = () => undefined
  const asked: PhotoQuestion[] = []
  let gate = Promise.withResolvers<void>()
  gate.resolve()

  function answer({ address, etag }: PhotoQuestion): PhotoAnswer {
    const base = { askedUrl: `${SERVER}/photo/${address}`, bodyBytes: 0 }
    const error = failures.shift() ?? failing.get(address) ?? failureOf(asked.length)
    if (error)
      return { ...base, kind: 'failed', status: error.code === 'unexpected-answer' ? error.status : null, error }
    const photo = photos.get(address)
    if (photo === undefined) return { ...base, kind: 'absent', status: 404 }
    if (etag !== null && etag === photo.etag) return { ...base, kind: 'not-modified', status: 304, freshUntilMs: null }
    const bytes = new TextEncoder().encode(photo.text)
    return {
      ...base,
      kind: 'photo',
      status: 200,
      bytes,
      isWhole: photo.isWhole ?? true,
      bodyBytes: bytes.byteLength,
      etag: photo.etag,
      contentType: 'image/jpeg',
      freshUntilMs: null,
    }
  }

  return {
    asked,
    async fetchPhoto(question) {
      asked.push(question)
      await gate.promise
      return answer(question)
    },
    put(address, photo) {
      if (photo === null) photos.delete(address)
      else photos.set(address, photo)
    },
    failNext: (...errors) => void failures.push(...errors),
    failFor(address, error) {
      if (error === null) failing.delete(address)
      else failing.set(address, error)
    },
    failEvery(isFailing, error) {
      failureOf = (question) => (isFailing(question) ? error : undefined)
    },
    hold() {
      gate = Promise.withResolvers()
    },
    release: () => gate.resolve(),
  }
}

/** Takes every text for a whole JPEG of 240 px, except `broken`. Counts how often it had to look. */
export function createTextProbe(): PictureProbe & { looked: number } {
  const probe = {
    looked: 0,
    async probe(bytes: Uint8Array) {
      probe.looked += 1
      const isDecodable = new TextDecoder().decode(bytes) !== 'broken'
      const px = isDecodable ? 240 : null
      return { format: 'jpeg' as const, widthPx: px, heightPx: px, isDecodable, hasLocation: false }
    },
  }
  return probe
}

/** The hash that pictures are kept by. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
