import { describe, expect, it } from 'vitest'
import { readRealm } from '../../../../src/main/exchange/http/bearer/read-realm.ts'
import { isExchangeOnlineReply } from '../../../../src/main/exchange/http/is-exchange-online-reply.ts'
import type { HttpReply } from '../../../../src/main/exchange/http/reply.ts'
import { createDeviceCodeDialect } from '../../../../src/main/exchange/oauth/create-device-code-dialect.ts'
import { nameOAuthError } from '../../../../src/main/exchange/oauth/name-oauth-error.ts'

const TENANT = '5d1b4b30-1a0d-4c57-9c1c-3e0c3a3e9f10'

function reply(headers: HttpReply['headers'], body = '', status = 401): HttpReply {
  return { status, headers, body: new TextEncoder().encode(body) }
}

describe('what a server says of who issues its tokens', () => {
  it.each([
    {
      challenge: `Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@*,00000001-0000-0000-c000-000000000000@${TENANT}", token_types="a b", authorization_uri="https://login.windows.net/common/oauth2/authorize"`,
      realm: { authorizationUri: 'https://login.windows.net/common/oauth2/authorize', tenant: TENANT },
    },
    { challenge: 'Bearer client_id="1", trusted_issuers="x@*"', realm: { authorizationUri: null, tenant: null } },
    { challenge: 'Bearer', realm: { authorizationUri: null, tenant: null } },
    { challenge: 'Bearer trusted_issuers="x@../../evil"', realm: { authorizationUri: null, tenant: null } },
    { challenge: 'NTLM', realm: null },
  ])('$challenge is $realm', ({ challenge, realm }) => {
    expect(readRealm(reply({ 'www-authenticate': ['Negotiate', challenge] }))).toEqual(realm)
  })

  it('counts with a 401 only', () => {
    expect(readRealm(reply({ 'www-authenticate': 'Bearer' }, '', 200))).toBeNull()
  })
})

describe('an answer of Exchange Online', () => {
  const version = (minor: string) =>
    `<s:Header><h:ServerVersionInfo MajorVersion="15" MinorVersion="${minor}" /></s:Header>`
  it.each([
    [{ 'x-calculatedbetarget': 'am0pr01mb1234.eurprd01.prod.outlook.com' }, '', true],
    [{}, version('20'), true],
    [{}, version('2'), false],
    [{ 'x-calculatedbetarget': 'mail01.fjordline.example' }, '', false],
    [{}, '', false],
  ])('%j with %j: %s', (headers, body, isOnline) => {
    expect(isExchangeOnlineReply(reply(headers, body, 200))).toBe(isOnline)
  })
})

describe('what went wrong at a provider', () => {
  const thrown = (errorCode: string, message = errorCode) => Object.assign(new Error(message), { errorCode })
  it.each([
    [
      thrown('access_denied', 'access_denied: AADSTS65004: User declined to consent. Trace ID: 1'),
      'access_denied AADSTS65004',
    ],
    [
      thrown('invalid_client', 'invalid_client: AADSTS7000218: secret=hunter2 for anna@x.example'),
      'invalid_client AADSTS7000218',
    ],
    [thrown('post_request_failed', 'post_request_failed: authorization_declined'), 'authorization_declined'],
    [thrown('post_request_failed', 'post_request_failed: expired_token'), 'expired'],
    [thrown('device_code_expired'), 'expired'],
    [thrown('<script>alert(1)</script>'), 'unknown'],
    [new TypeError('token eyJ0 is bad'), 'unknown'],
    ['a text', 'unknown'],
  ])('%s is told as %s', (error, reason) => {
    const named = nameOAuthError(error, 'https://login.example.org/tenant')
    expect(named).toEqual({ code: 'oauth-failed', endpoint: 'https://login.example.org', reason })
  })
})

describe('a device code', () => {
  it('is asked for where the provider says, by the grant’s full name, and not too often', () => {
    const dialect = createDeviceCodeDialect()
    dialect.answerOf({
      token_endpoint: 'https://id.example/token',
      device_authorization_endpoint: 'https://id.example/device/auth',
    })
    expect(dialect.addressOf('https://id.example/devicecode')).toBe('https://id.example/device/auth')
    expect(dialect.addressOf('https://id.example/token')).toBe('https://id.example/token')
    expect(dialect.bodyOf('client_id=1&grant_type=device_code&device_code=2')).toBe(
      'client_id=1&grant_type=urn:ietf:params:oauth:grant-type:device_code&device_code=2',
    )
    expect(dialect.answerOf({ device_code: 'x' })).toEqual({ device_code: 'x', interval: 5 })
    expect(dialect.answerOf({ device_code: 'x', interval: 2 })).toEqual({ device_code: 'x', interval: 2 })
  })
})
