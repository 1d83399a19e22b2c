import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readJsonLookup } from '../../../../src/main/exchange/autodiscover/json-lookup.ts'
import {
  readHttpRedirect,
  readJson,
  readSignedIn,
  readUnasked,
} from '../../../../src/main/exchange/autodiscover/read-reply.ts'
import { readChallenges } from '../../../../src/main/exchange/http/read-challenges.ts'
import type { HttpReply } from '../../../../src/main/exchange/http/reply.ts'
import { readEvidence } from '../../../../src/main/exchange/http/wire-evidence.ts'

/** A campaign of 100,000 cases where the long tests run, else what takes a few seconds. */
const isLong = process.env['ROLLCALL_TEST_LONG'] !== undefined
const RUNS = isLong ? 100_000 : 1_500
const TIMEOUT_MS = isLong ? 900_000 : 20_000

const URL_ASKED = new URL('https://mail.contoso.com/autodiscover/autodiscover.svc')

const NAMES = [
  ...['Envelope', 'Body', 'Fault', 'GetUserSettingsResponseMessage', 'Response', 'ErrorCode', 'UserResponses'],
  ...['UserResponse', 'RedirectTarget', 'UserSettings', 'UserSetting', 'Name', 'Value', 'UserSettingErrors', 'Error'],
  ...['UserSettingError', 'SettingName', 'Autodiscover', 'Account', 'Action', 'Protocol', 'Type', 'EwsUrl', 'ASUrl'],
  ...['RedirectUrl', 'RedirectAddr', 's:Envelope', '__proto__', 'constructor'],
]
const TEXTS = [
  ...['NoError', 'RedirectAddress', 'RedirectUrl', 'InvalidSetting', 'ServerBusy', 'ExternalEwsUrl', 'EXPR', 'EXCH'],
  ...[
    'https://mail.contoso.com/EWS/Exchange.asmx',
    'http://x/',
    'redirectUrl',
    '&#x0;',
    '&amp;',
    '&lt;',
    '&evil;',
    '500',
  ],
  ...['<![CDATA[x]]>', '<!-- -->', '<?pi?>', '<!DOCTYPE x>', '<!ENTITY a "b">', '\u0000', ']]>', '&#99999999;', ''],
]
const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'binary', maxLength: 20 }))

/** Documents that look like answers, and ones that are broken somewhere. */
const { document } = fc.letrec<{ document: string; element: string }>((tie) => ({
  document: fc.oneof(
    { arbitrary: tie('element'), weight: 6 },
    { arbitrary: fc.tuple(text, tie('element'), text).map((parts) => parts.join('')), weight: 2 },
    { arbitrary: fc.tuple(tie('element'), fc.nat(60)).map(([whole, at]) => whole.slice(0, at)), weight: 2 },
    { arbitrary: fc.string({ unit: 'binary', maxLength: 60 }), weight: 1 },
  ),
  element: fc
    .tuple(
      fc.constantFrom(...NAMES),
      fc.constantFrom(
        '',
        ' xmlns="https://schemas.xmlsoap.org/soap/envelope/"',
        ' i:type="x"',
        ' i:nil="true"',
        ' a=b',
      ),
      fc.oneof(
        { depthSize: 'small' },
        text,
        fc.array(tie('element'), { maxLength: 4 }).map((all) => all.join('')),
      ),
    )
    .map(([name, attributes, inner]) => `<${name}${attributes}>${inner}</${name}>`),
}))

const json = fc.oneof(
  fc.json({ maxDepth: 3 }),
  fc.string({ maxLength: 40 }),
  fc
    .dictionary(
      fc.constantFrom('Protocol', 'protocol', 'Url', 'URL', 'ErrorCode', '__proto__'),
      fc.oneof(text, fc.constant('EWS')),
    )
    .map((value) => JSON.stringify(value)),
)

const challenge = fc.oneof(
  fc.constantFrom(
    'NTLM',
    'Negotiate',
    'Basic realm="x"',
    'Bearer client_id="a", trusted_issuers="b@c"',
    'Basic realm="a,b"',
  ),
  fc.constantFrom('', ',', ' , ,', '=', 'NTLM, NTLM', 'Digest qop="auth",algorithm=MD5', '"', 'Basic realm="\\"'),
  fc.string({ maxLength: 200 }),
)
const headers = fc.record(
  {
    'www-authenticate': fc.oneof(challenge, fc.array(challenge, { maxLength: 5 })),
    location: fc.oneof(
      fc.constantFrom('/', '//evil.example/x', 'https://x:99999/', '\\\\x', 'javascript:1'),
      fc.string(),
    ),
    'retry-after': fc.oneof(fc.constantFrom('7', '-1', '1e999', 'Thu, 01 Jan 1970 00:00:00 GMT'), fc.string()),
    'x-feserver': fc.string({ maxLength: 400 }),
  },
  { requiredKeys: [] },
)
const replyOf = (body: fc.Arbitrary<string>): fc.Arbitrary<HttpReply> =>
  fc.record({
    status: fc.constantFrom(200, 301, 302, 307, 308, 400, 401, 403, 404, 429, 456, 500, 503),
    headers,
    body: body.map((one) => new TextEncoder().encode(one)),
  })

describe('the readers of what servers send', () => {
  it.each(['soap', 'pox'] as const)(
    'name every answer to %s, and take nothing but https for an EWS address',
    (method) => {
      fc.assert(
        fc.property(replyOf(document), (reply) => {
          for (const answer of [readSignedIn(reply, method, URL_ASKED), readUnasked(reply, URL_ASKED)]) {
            if (answer.kind !== 'settings') continue
            const { external, internal } = answer.settings
            for (const url of [external.ewsUrl, internal.ewsUrl, external.photosUrl, internal.photosUrl]) {
              if (url !== null) expect(new URL(url)).toMatchObject({ protocol: 'https:', username: '', password: '' })
            }
          }
        }),
        { numRuns: RUNS },
      )
    },
    TIMEOUT_MS,
  )

  it(
    'name every answer of the JSON lookup and of plain http',
    () => {
      fc.assert(
        fc.property(replyOf(json), (reply) => {
          const told = new TextDecoder().decode(reply.body)
          expect(['settings', 'nothing-here']).toContain(readJsonLookup(told).kind)
          for (const read of [readJson, readHttpRedirect]) {
            const answer = read({ kind: 'reply', reply }, URL_ASKED)
            if (answer.kind === 'redirect-url') expect(URL.canParse(answer.url)).toBe(true)
          }
        }),
        { numRuns: RUNS },
      )
    },
    TIMEOUT_MS,
  )

  it(
    'read any WWW-Authenticate, and tell of it and of the headers no control character and no length without end',
    () => {
      fc.assert(
        fc.property(replyOf(fc.constant('')), (reply) => {
          for (const { scheme } of readChallenges(reply)) expect(scheme).toBe(scheme.toLowerCase())
          for (const { value } of readEvidence(null, reply).serverHeaders) {
            expect(value).not.toMatch(/\p{Cc}/u)
            expect(value.length).toBeLessThanOrEqual(120)
          }
        }),
        { numRuns: RUNS },
      )
    },
    TIMEOUT_MS,
  )
})
