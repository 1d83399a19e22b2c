import { describe, expect, it } from 'vitest'
import { createGate } from '../../../src/main/core/sync/create-gate.ts'
import { nameNetworkError } from '../../../src/main/exchange/http/name-network-error.ts'
import type { HttpReply } from '../../../src/main/exchange/http/reply.ts'
import { readExpandDl } from '../../../src/main/exchange/operations/expand-dl.ts'
import { readFindPeople } from '../../../src/main/exchange/operations/find-people.ts'
import { readGetRoomLists, readGetRooms } from '../../../src/main/exchange/operations/get-rooms.ts'
import { readPhotoAnswer } from '../../../src/main/exchange/operations/get-user-photo.ts'
import { readSoapPhotoAnswer } from '../../../src/main/exchange/operations/get-user-photo-soap.ts'
import { readResolveNames } from '../../../src/main/exchange/operations/resolve-names.ts'
import type { AppError } from '../../../src/shared/errors.ts'
import { createManualClock } from '../../support/manual-clock.ts'
import { address } from '../../support/people.ts'

const URL_ASKED = new URL('https://mail.contoso.com/EWS/Exchange.asmx')
const NOW = Date.UTC(2026, 10, 24, 12)
const ANNA = address('anna@contoso.com')
const DEFAULT_MS = 10_000

function reply(status: number, body = '', headers: Record<string, string> = {}): HttpReply {
  return { status, headers, body: Buffer.from(body) }
}

const value = (name: string, text: string) => `<t:Value Name="${name}">${text}</t:Value>`
const fault = (code: string, values: string, faultcode = 'a:ErrorServerBusy') =>
  `<s:Envelope xmlns:s="s"><s:Body><s:Fault><faultcode>${faultcode}</faultcode><faultstring>The server cannot service this request right now.</faultstring>` +
  `<detail>${code === '' ? '' : `<e:ResponseCode xmlns:e="e">${code}</e:ResponseCode>`}<t:MessageXml xmlns:t="t">${values}</t:MessageXml></detail></s:Fault></s:Body></s:Envelope>`
const message = (name: string, code: string, values = '') =>
  `<s:Envelope xmlns:s="s"><s:Body><m:${name} xmlns:m="m" xmlns:t="t" ResponseClass="Error"><m:ResponseCode>${code}</m:ResponseCode><m:MessageXml>${values}</m:MessageXml></m:${name}></s:Body></s:Envelope>`

/** Every shape of "busy" (protocol.md 5), by whichever operation it comes. */
const SHAPES: { name: string; answer: HttpReply; waitMs: number }[] = [
  { name: '503 with seconds', answer: reply(503, '', { 'retry-after': '7' }), waitMs: 7_000 },
  {
    name: '429 with a date',
    answer: reply(429, '', { 'retry-after': 'Tue, 24 Nov 2026 12:01:00 GMT' }),
    waitMs: 60_000,
  },
  { name: '503 with nothing', answer: reply(503), waitMs: DEFAULT_MS },
  { name: '429 with nonsense', answer: reply(429, '', { 'retry-after': 'soon' }), waitMs: DEFAULT_MS },
  {
    name: 'a fault that says how long, with white space',
    answer: reply(500, fault('ErrorServerBusy', value('BackOffMilliseconds', '\n  297749 '))),
    waitMs: 297_749,
  },
  {
    name: 'a fault with 0 ms and a limit of connections',
    answer: reply(
      500,
      fault(
        'ErrorServerBusy',
        value('Policy', 'MaxConcurrency') + value('MaxConcurrencyLimit', '27') + value('BackOffMilliseconds', '0'),
      ),
    ),
    waitMs: DEFAULT_MS,
  },
  { name: 'a fault whose code is only in faultcode', answer: reply(500, fault('', '')), waitMs: DEFAULT_MS },
  {
    name: 'a fault whose faultcode is another one',
    answer: reply(500, fault('ErrorExceededConnectionCount', '', 's:Server')),
    waitMs: DEFAULT_MS,
  },
  {
    name: '302 to the generic error page',
    answer: reply(302, '', { location: '/ews/genericerrorpage.htm' }),
    waitMs: DEFAULT_MS,
  },
]

/** The same inside HTTP 200, where the operation's own message tells. */
const MESSAGES: { name: string; code: string; values: string; waitMs: number }[] = [
  { name: 'ErrorServerBusy', code: 'ErrorServerBusy', values: value('BackOffMilliseconds', ' 5000 '), waitMs: 5_000 },
  { name: 'too many objects', code: 'ErrorTooManyObjectsOpened', values: '', waitMs: DEFAULT_MS },
  { name: 'too many connections', code: 'ErrorExceededConnectionCount', values: '', waitMs: DEFAULT_MS },
  {
    name: 'an inner error',
    code: 'ErrorInternalServerError',
    values: value('InnerErrorResponseCode', ' ErrorServerBusy ') + value('BackOffMilliseconds', '3000'),
    waitMs: 3_000,
  },
]

const context = (answer: HttpReply) => ({ reply: answer, url: URL_ASKED, nowMs: NOW, subject: null })
const OPERATIONS: Record<string, (answer: HttpReply) => { kind: string; error?: AppError }> = {
  ResolveNamesResponseMessage: (answer) => readResolveNames(context(answer)),
  FindPeopleResponse: (answer) => readFindPeople(context(answer)),
  ExpandDLResponseMessage: (answer) => readExpandDl(context(answer)),
  GetRoomListsResponse: (answer) => readGetRoomLists(context(answer)),
  GetRoomsResponse: (answer) => readGetRooms(context(answer)),
  GetUserPhotoResponse: (answer) => readSoapPhotoAnswer(answer, { url: URL_ASKED, address: ANNA, nowMs: NOW }),
}

/** How long nothing more is started after this failure (ms), and how many may run at the same time then. */
async function pauseOf(error: AppError): Promise<number> {
  const clock = createManualClock()
  const gate = createGate({ clock, limit: 4 })
  const enter = (failure: AppError | null) =>
    gate.enter({
      priority: 'background',
      signal: new AbortController().signal,
      work: async () => failure,
      failureOf: (answer) => answer,
    })
  await enter(error).outcome
  const startMs = clock.nowMs()
  let answeredMs: number | null = null
  const next = enter(null).outcome.then(() => {
    answeredMs = clock.nowMs()
  })
  for (let step = 0; step < 700 && answeredMs === null; step++) await clock.advance(1_000)
  await next
  return (answeredMs ?? Number.NaN) - startMs
}

describe('a server that says that it is busy', () => {
  it.each(SHAPES)('is heard in $name, of every operation, and makes the one gate wait', async ({ answer, waitMs }) => {
    const busy = { code: 'throttled', retryAfterMs: waitMs }
    for (const read of Object.values(OPERATIONS)) expect(read(answer)).toMatchObject({ kind: 'failed', error: busy })
    const plain = readPhotoAnswer(answer, URL_ASKED, ANNA, NOW)
    expect(plain).toMatchObject({ kind: 'failed', error: busy })
    const pauseMs = plain.kind === 'failed' ? await pauseOf(plain.error) : 0
    expect(pauseMs).toBeGreaterThanOrEqual(waitMs)
    expect(pauseMs).toBeLessThan(waitMs + 1_001)
  })

  it.each(MESSAGES)('is heard in a response message: $name', ({ code, values, waitMs }) => {
    for (const [name, read] of Object.entries(OPERATIONS)) {
      const answer = reply(200, message(name, code, values))
      expect(read(answer)).toMatchObject({ kind: 'failed', error: { code: 'throttled', retryAfterMs: waitMs } })
    }
  })

  it('is suspected of it when it closes connections: one at a time is asked, and nothing is given up for it', async () => {
    const lost = nameNetworkError(
      Object.assign(new Error(), { code: 'ECONNRESET' }),
      URL_ASKED.origin,
      new AbortController().signal,
    )
    const gate = createGate({ clock: createManualClock(), limit: 4 })
    const started: string[] = []
    const hold = Promise.withResolvers<void>()
    const ask = (name: string, failure: AppError | null, until: Promise<void> = Promise.resolve()) =>
      gate.enter({
        priority: 'background',
        signal: new AbortController().signal,
        work: async () => {
          started.push(name)
          await until
          return failure
        },
        failureOf: (answer) => answer,
      }).outcome
    await ask('lost', lost)
    const after = ['a', 'b', 'c'].map((name) => ask(name, null, hold.promise))
    expect(started).toEqual(['lost', 'a'])
    hold.resolve()
    expect((await Promise.all(after)).map((one) => one.kind)).toEqual(['answered', 'answered', 'answered'])
  })
})
