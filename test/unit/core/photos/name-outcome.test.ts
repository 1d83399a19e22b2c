import { describe, expect, it } from 'vitest'
import { nameOutcome, toPhotoChange } from '../../../../src/main/core/photos/name-outcome.ts'
import type { PhotoAnswer, PhotoChange } from '../../../../src/main/core/photos/ports.ts'
import { addressOf, heldPhoto, picture } from '../../../support/photo-records.ts'

const BASE = { address: addressOf('ada'), sizeCode: 'HR240x240', atMs: 5, askedUrl: 'https://mail.example/x' } as const
const photo = (hash: string, etag: string | null = '"2"'): PhotoChange => ({
  ...BASE,
  kind: 'photo',
  picture: picture(hash),
  etag,
  contentType: 'image/jpeg',
  freshUntilMs: null,
})
const failed = (error: Extract<PhotoChange, { kind: 'failed' }>['error']): PhotoChange => ({
  ...BASE,
  kind: 'failed',
  status: null,
  error,
})
const held = heldPhoto({ contentHash: 'one' })

describe('what an answer came to', () => {
  it.each([
    ['a first photo', null, photo('one'), 'new'],
    ['a photo after "no photo"', heldPhoto({ verdict: 'absent', contentHash: null }), photo('one'), 'new'],
    ['other bytes', held, photo('two'), 'changed'],
    ['the same bytes under a new ETag', held, photo('one'), 'same'],
    ['the same bytes without an ETag', held, photo('one', null), 'same'],
    ['other bytes under the same ETag', heldPhoto({ contentHash: 'one', etag: '"2"' }), photo('two'), 'changed'],
    ['not modified', held, { ...BASE, kind: 'not-modified', status: 304, freshUntilMs: null }, 'same'],
    ['no photo', held, { ...BASE, kind: 'absent', status: 404 }, 'none'],
    ['403', held, failed({ code: 'forbidden', endpoint: 'x' }), 'not-available'],
    ['a mailbox that is not there', held, failed({ code: 'unknown-person', address: 'x' }), 'not-available'],
    ['no connection', held, failed({ code: 'unreachable', endpoint: 'x', reason: 'ECONNRESET' }), 'failed'],
  ] as const)('%s', (_, before, change, outcome) => {
    expect(nameOutcome(before, change)).toBe(outcome)
  })
})

describe('what is kept of an answer', () => {
  const asked = { address: BASE.address, sizeCode: BASE.sizeCode, atMs: 5, isGoodHeld: false }
  const notModified: PhotoAnswer = {
    kind: 'not-modified',
    status: 304,
    freshUntilMs: 9,
    askedUrl: BASE.askedUrl,
    bodyBytes: 0,
  }

  it('is a check when the server says not modified of a picture that is held', () => {
    expect(toPhotoChange({ ...asked, isHeld: true }, notModified, null)).toEqual({
      ...BASE,
      kind: 'not-modified',
      status: 304,
      freshUntilMs: 9,
    })
  })

  it('keeps the id of the question, and over SOAP what the answer said in place of a status', () => {
    const unchanged = { ...notModified, status: 200, soapAnswer: 'unchanged', requestId: 'id-1' } as const
    expect(toPhotoChange({ ...asked, isHeld: true }, unchanged, null)).toMatchObject({
      kind: 'not-modified',
      status: 200,
      soapAnswer: 'unchanged',
      requestId: 'id-1',
    })
    const none = { ...unchanged, kind: 'absent', soapAnswer: 'no-picture-data' } as const
    expect(toPhotoChange({ ...asked, isHeld: true }, none, null)).toMatchObject({
      kind: 'absent',
      status: 200,
      soapAnswer: 'no-picture-data',
    })
    expect(toPhotoChange({ ...asked, isHeld: false }, unchanged, null)).toMatchObject({
      kind: 'failed',
      status: 200,
      error: { code: 'unexpected-answer', status: null },
    })
  })

  it('is a failure when the server says not modified although nothing was held', () => {
    expect(toPhotoChange({ ...asked, isHeld: false }, notModified, null)).toMatchObject({
      kind: 'failed',
      status: 304,
      error: { code: 'unexpected-answer', endpoint: 'https://mail.example' },
    })
  })
})
