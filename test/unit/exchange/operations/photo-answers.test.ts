import { describe, expect, it } from 'vitest'
import type { PhotoAnswer } from '../../../../src/main/core/photos/ports.ts'
import { weighFailure } from '../../../../src/main/core/sync/weigh-failure.ts'
import type { HttpReply } from '../../../../src/main/exchange/http/reply.ts'
import { readPhotoAnswer } from '../../../../src/main/exchange/operations/get-user-photo.ts'
import { readSoapPhotoAnswer } from '../../../../src/main/exchange/operations/get-user-photo-soap.ts'
import { describeError } from '../../../../src/shared/describe-error.ts'
import { smtpAddressSchema } from '../../../../src/shared/smtp-address.ts'

const URL_ASKED = new URL('https://mail.contoso.com/EWS/Exchange.asmx')
const NOW = Date.UTC(2026, 10, 24, 12)
const ANNA = smtpAddressSchema.parse('anna@contoso.com')
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4])

function reply(status: number, headers: Record<string, string> = {}, body: string | Uint8Array = ''): HttpReply {
  return { status, headers, body: typeof body === 'string' ? Buffer.from(body) : body }
}

function wordsOf(answer: PhotoAnswer): string {
  if (answer.kind !== 'failed') return answer.kind
  const { title, nextStep } = describeError(answer.error)
  return `${title} ${nextStep}`
}

const jpegHeaders = { 'content-type': 'image/jpeg', etag: 'W/"0x1"' }
const fault = (code: string, more = '') =>
  `<s:Envelope xmlns:s="s"><s:Body><s:Fault><faultcode>a:${code}</faultcode><detail><e:ResponseCode xmlns:e="e">${code}</e:ResponseCode>${more}</detail></s:Fault></s:Body></s:Envelope>`

describe('every answer of the photo service, and what it comes to', () => {
  it.each<{
    name: string
    answer: HttpReply
    kind: PhotoAnswer['kind']
    error?: object
    words?: RegExp
    gate?: ReturnType<typeof weighFailure>['kind']
  }>([
    { name: '200 with bytes', answer: reply(200, jpegHeaders, JPEG), kind: 'photo' },
    { name: '200 with bytes and no type', answer: reply(200, {}, JPEG), kind: 'photo' },
    {
      name: '200 with bytes under a wrong type',
      answer: reply(200, { 'content-type': 'text/plain' }, JPEG),
      kind: 'photo',
    },
    { name: '200 with nothing', answer: reply(200, jpegHeaders), kind: 'photo' },
    {
      name: '200 with a sign-in page',
      answer: reply(200, { 'content-type': 'text/html' }, '<!DOCTYPE html><title>Sign in'),
      kind: 'failed',
      error: { code: 'unexpected-answer', status: 200, detail: 'a web page in place of a photo' },
      words: /web page in place of a photo.*administrator/,
      gate: 'person',
    },
    {
      name: '200 with a page that says nothing of its type',
      answer: reply(200, {}, '  <html>'),
      kind: 'failed',
      error: { code: 'unexpected-answer' },
    },
    { name: '304', answer: reply(304, { etag: '"1"' }), kind: 'not-modified' },
    { name: '404', answer: reply(404), kind: 'absent' },
    {
      name: '400',
      answer: reply(400),
      kind: 'failed',
      error: { code: 'unexpected-answer', status: 400 },
      words: /did not understand the request/,
      gate: 'person',
    },
    {
      name: '401',
      answer: reply(401),
      kind: 'failed',
      error: { code: 'unauthorized' },
      words: /refused the sign-in/,
      gate: 'stop',
    },
    {
      name: '302 to the generic error page',
      answer: reply(302, { location: '/ews/genericerrorpage.htm?aspxerrorpath=/ews/exchange.asmx' }),
      kind: 'failed',
      error: { code: 'throttled', retryAfterMs: 10_000 },
      words: /busy.*goes on by itself/,
      gate: 'busy',
    },
    {
      name: '302 to a reverse proxy’s own site',
      answer: reply(302, { location: '/internalsite/login.asp' }),
      kind: 'failed',
      error: { code: 'client-certificate-refused', reason: 'missing' },
      words: /client certificate/,
      gate: 'stop',
    },
    {
      name: '302 to the mail pages',
      answer: reply(302, { location: '/owa/auth/logon.aspx' }),
      kind: 'failed',
      error: { code: 'unexpected-answer', status: 302 },
      words: /redirect to \/owa/,
      gate: 'server',
    },
    {
      name: '301 to another host, with nothing sent there',
      answer: reply(301, { location: 'https://login.other.example/x' }),
      kind: 'failed',
      error: { code: 'redirect-refused', target: 'https://login.other.example/x' },
      words: /not trusted with the password/,
      gate: 'server',
    },
    {
      name: '403',
      answer: reply(403),
      kind: 'failed',
      error: { code: 'forbidden' },
      words: /does not allow Exchange Web Services.*EWS is switched off/,
      gate: 'person',
    },
    {
      name: '405',
      answer: reply(405),
      kind: 'failed',
      error: { code: 'unexpected-answer', status: 405, detail: 'the server does not do this' },
      words: /does not do this/,
    },
    {
      name: '500',
      answer: reply(500),
      kind: 'failed',
      error: { code: 'unexpected-answer', status: 500 },
      words: /fault inside the server.*Try again later/,
      gate: 'person',
    },
    {
      name: '500 that is a mailbox of another place',
      answer: reply(500, {}, fault('ErrorNonExistentMailbox')),
      kind: 'failed',
      error: { code: 'unknown-person', address: ANNA },
      words: /not known here/,
      gate: 'person',
    },
    {
      name: '503 with seconds',
      answer: reply(503, { 'retry-after': '12' }),
      kind: 'failed',
      error: { code: 'throttled', retryAfterMs: 12_000 },
      words: /busy.*12 seconds/,
      gate: 'busy',
    },
    {
      name: '429 with a date',
      answer: reply(429, { 'retry-after': 'Tue, 24 Nov 2026 12:00:30 GMT' }),
      kind: 'failed',
      error: { code: 'throttled', retryAfterMs: 30_000 },
      gate: 'busy',
    },
  ])('$name', ({ answer, kind, error, words, gate }) => {
    const read = readPhotoAnswer(answer, URL_ASKED, ANNA, NOW)
    expect(read).toMatchObject({ kind, askedUrl: URL_ASKED.href, bodyBytes: answer.body.length })
    if (read.kind === 'failed') {
      expect(read.status).toBe(answer.status)
      expect(read.error).toMatchObject(error ?? {})
      if (gate !== undefined) expect(weighFailure(read.error).kind).toBe(gate)
    }
    if (words !== undefined) expect(wordsOf(read)).toMatch(words)
  })
})

/** A response, which is itself the response message. */
function soap(content: string, code = 'NoError', status = 200, headers: Record<string, string> = {}) {
  const body = `<s:Envelope xmlns:s="s"><s:Body><m:GetUserPhotoResponse xmlns:m="m" ResponseClass="x"><m:ResponseCode>${code}</m:ResponseCode>${content}</m:GetUserPhotoResponse></s:Body></s:Envelope>`
  return readSoapPhotoAnswer(reply(status, headers, body), { url: URL_ASKED, address: ANNA, nowMs: NOW })
}
const picture = (data: string) => `<m:HasChanged>true</m:HasChanged><m:PictureData>${data}</m:PictureData>`
const rawSoap = (answer: HttpReply) => readSoapPhotoAnswer(answer, { url: URL_ASKED, address: ANNA, nowMs: NOW })

/** What is told of a status that says nothing, and what the answer said. */
const NO_PICTURE = { kind: 'absent', status: 200, soapAnswer: 'no-picture-data' }

describe('every answer of the SOAP operation, and what it comes to', () => {
  it('reads bytes, type and validator, the validator from the HTTP header', () => {
    const content = `${picture(` ${JPEG.toString('base64').slice(0, 4)}\r\n${JPEG.toString('base64').slice(4)} `)}<m:ContentType>image/jpeg</m:ContentType>`
    const answer = soap(content, 'NoError', 200, { etag: '"abc"', 'cache-control': 'max-age=60' })
    expect(answer).toMatchObject({
      kind: 'photo',
      etag: '"abc"',
      contentType: 'image/jpeg',
      freshUntilMs: NOW + 60_000,
      askedUrl: `${URL_ASKED.href}#GetUserPhoto`,
    })
    expect(answer.kind === 'photo' && Buffer.from(answer.bytes)).toEqual(JPEG)
  })

  it('does without a content type', () => {
    expect(soap(picture(JPEG.toString('base64')))).toMatchObject({ kind: 'photo', contentType: null, etag: null })
  })

  it.each<[string, PhotoAnswer, object]>([
    ['changed, and no bytes', soap('<m:HasChanged>true</m:HasChanged>'), NO_PICTURE],
    ['changed, and empty bytes', soap('<m:HasChanged>true</m:HasChanged><m:PictureData/>'), NO_PICTURE],
    [
      'not changed',
      soap('<m:HasChanged>false</m:HasChanged>'),
      { kind: 'not-modified', status: 200, soapAnswer: 'unchanged' },
    ],
    [
      'ErrorItemNotFound',
      soap('<m:HasChanged>false</m:HasChanged>', 'ErrorItemNotFound'),
      { kind: 'absent', status: 200, soapAnswer: 'item-not-found' },
    ],
    ['HTTP 404', rawSoap(reply(404)), { kind: 'absent', status: 404 }],
    ['bytes that are not base64', soap(picture('@@@@')), { error: { detail: 'the picture data is not base64' } }],
    ['base64 that was cut off', soap(picture('/9j/4')), { error: { code: 'unexpected-answer' } }],
    [
      'ErrorInvalidPhotoSize',
      soap('', 'ErrorInvalidPhotoSize'),
      { status: 200, error: { code: 'unexpected-answer', status: null, detail: 'the server does not know this size' } },
    ],
    [
      'ErrorNonExistentMailbox',
      soap('', 'ErrorNonExistentMailbox'),
      { error: { code: 'unknown-person', address: ANNA } },
    ],
    ['ErrorAccessDenied', soap('', 'ErrorAccessDenied'), { error: { code: 'forbidden' } }],
    [
      'a server older than 2013',
      rawSoap(reply(500, {}, fault('ErrorInvalidServerVersion'))),
      { error: { code: 'not-supported' } },
    ],
    ['ErrorServerBusy', soap('', 'ErrorServerBusy'), { error: { code: 'throttled' } }],
    [
      'HTTP 500 without a code: an address that is not in the organisation',
      rawSoap(reply(500)),
      { kind: 'failed', status: 500, error: { code: 'unexpected-answer' } },
    ],
    ['HTTP 403', rawSoap(reply(403)), { error: { code: 'forbidden' } }],
    [
      'a page',
      rawSoap(reply(200, {}, '<!DOCTYPE html><html>')),
      { error: { detail: 'a web page in place of an answer' } },
    ],
  ])('%s', (_, answer, expected) => {
    expect(answer).toMatchObject(expected)
    expect(wordsOf(answer)).not.toBe('')
  })
})
