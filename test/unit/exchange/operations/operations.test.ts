import { describe, expect, it } from 'vitest'
import { readExpandDl } from '../../../../src/main/exchange/operations/expand-dl.ts'
import { photoUrl, readPhotoAnswer } from '../../../../src/main/exchange/operations/get-user-photo.ts'
import { readResolveNames } from '../../../../src/main/exchange/operations/resolve-names.ts'
import { SIZE_CODES } from '../../../../src/shared/size-codes.ts'
import { smtpAddressSchema } from '../../../../src/shared/smtp-address.ts'

const BASE = 'https://mail.contoso.com/EWS/Exchange.asmx'
const NOW = Date.UTC(2026, 10, 24, 12)
const ANNA = smtpAddressSchema.parse('anna@contoso.com')

function context(body: string, status = 200) {
  const reply = { status, headers: {}, body: Buffer.from(body) }
  return { reply, url: new URL(BASE), nowMs: NOW, subject: null }
}

function resolveNames(content: string, code = 'NoError', set = '') {
  const message = `<m:ResponseCode>${code}</m:ResponseCode><m:ResolutionSet ${set}>${content}</m:ResolutionSet>`
  return readResolveNames(
    context(
      `<E><B><m:ResolveNamesResponse xmlns:m="m" xmlns:t="t"><m:ResponseMessages><m:ResolveNamesResponseMessage>${message}</m:ResolveNamesResponseMessage></m:ResponseMessages></m:ResolveNamesResponse></B></E>`,
    ),
  )
}

function resolution(mailbox: string, contact = '') {
  return `<t:Resolution><t:Mailbox>${mailbox}</t:Mailbox><t:Contact>${contact}</t:Contact></t:Resolution>`
}

const SMTP =
  '<t:Name>Anna B</t:Name><t:EmailAddress>Anna@Contoso.com</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType><t:MailboxType>Mailbox</t:MailboxType>'

describe('readResolveNames', () => {
  it('makes a person of a full entry', () => {
    const contact =
      '<t:DisplayName>Anna Berg</t:DisplayName><t:GivenName>Anna</t:GivenName><t:CompanyName>Contoso</t:CompanyName>' +
      '<t:PhoneNumbers><t:Entry Key="MobilePhone"> 123 </t:Entry><t:Entry Key="Pager"/></t:PhoneNumbers><t:Department>IT &amp; Ops</t:Department>' +
      '<t:JobTitle>Lead</t:JobTitle><t:Manager>Bo</t:Manager><t:OfficeLocation>Oslo</t:OfficeLocation><t:Surname>Berg</t:Surname><t:Alias>annab</t:Alias>'
    const answer = resolveNames(
      resolution(SMTP, contact),
      'ErrorNameResolutionMultipleResults',
      'IncludesLastItemInRange="false"',
    )
    expect(answer).toEqual({
      kind: 'people',
      isComplete: false,
      people: [
        {
          address: 'anna@contoso.com',
          displayName: 'Anna Berg',
          givenName: 'Anna',
          surname: 'Berg',
          alias: 'annab',
          title: 'Lead',
          department: 'IT & Ops',
          office: 'Oslo',
          company: 'Contoso',
          manager: 'Bo',
          phones: [{ label: 'Mobile', number: '123' }],
          kind: 'person',
        },
      ],
    })
  })

  it('picks the SMTP address by routing type, not by its place in the list', () => {
    const mailbox =
      '<t:Name>A</t:Name><t:EmailAddress>/o=x/cn=a</t:EmailAddress><t:RoutingType>EX</t:RoutingType><t:MailboxType>Mailbox</t:MailboxType>'
    const entries =
      '<t:EmailAddresses><t:Entry Key="EmailAddress1">SPO:SPO_1@SPO_2</t:Entry><t:Entry Key="EmailAddress2">SMTP:anna@contoso.com</t:Entry></t:EmailAddresses>'
    expect(resolveNames(resolution(mailbox, entries))).toMatchObject({ people: [{ address: 'anna@contoso.com' }] })
    expect(resolveNames(resolution(mailbox))).toMatchObject({ people: [] })
  })

  it.each([
    ['PublicDL', 'list'],
    ['Contact', 'contact'],
    ['GroupMailbox', 'other'],
    ['Mailbox', 'person'],
  ])('takes a %s for a %s', (type, kind) => {
    expect(resolveNames(resolution(SMTP.replace('>Mailbox<', `>${type}<`)))).toMatchObject({ people: [{ kind }] })
  })

  it('takes "no results" for an empty, complete answer', () => {
    expect(resolveNames('', 'ErrorNameResolutionNoResults')).toEqual({ kind: 'people', people: [], isComplete: true })
  })

  it.each([
    { code: 'ErrorServerBusy', error: { code: 'throttled', retryAfterMs: 10_000 } },
    { code: 'ErrorExceededConnectionCount', error: { code: 'throttled' } },
    { code: 'ErrorAccessDenied', error: { code: 'forbidden' } },
    { code: 'ErrorNameResolutionNoMailbox', error: { code: 'unexpected-answer' } },
  ])('names $code', ({ code, error }) => {
    expect(resolveNames('', code)).toMatchObject({ kind: 'failed', error })
  })

  it('reads how long a fault asks to wait, inside HTTP 500', () => {
    const fault =
      '<E><B><s:Fault xmlns:s="s"><faultcode>a:Other</faultcode><detail><e:ResponseCode xmlns:e="e">ErrorServerBusy</e:ResponseCode>' +
      '<t:MessageXml xmlns:t="t"><t:Value Name="BackOffMilliseconds"> 297749 </t:Value></t:MessageXml></detail></s:Fault></B></E>'
    expect(readResolveNames(context(fault, 500))).toMatchObject({ error: { code: 'throttled', retryAfterMs: 297_749 } })
  })

  it('hears a busy server behind an inner error', () => {
    const inner = '<m:MessageXml><t:Value Name="InnerErrorResponseCode">ErrorServerBusy</t:Value></m:MessageXml>'
    const body = `<E><m:ResolveNamesResponseMessage xmlns:m="m" xmlns:t="t"><m:ResponseCode>ErrorInternalServerError</m:ResponseCode>${inner}</m:ResolveNamesResponseMessage></E>`
    expect(readResolveNames(context(body))).toMatchObject({ error: { code: 'throttled' } })
  })

  it.each([['<!DOCTYPE html><html>Sign in, dear Bob</html>'], [''], ['plain'], ['<other/>']])(
    'names a body that is no answer without quoting it: %j',
    (body) => {
      const answer = readResolveNames(context(body))
      expect(answer).toMatchObject({ kind: 'failed', error: { code: 'unexpected-answer', status: 200 } })
      expect(JSON.stringify(answer)).not.toContain('Bob')
    },
  )
})

describe('readExpandDl', () => {
  it('reads members of several kinds, nested lists among them', () => {
    const members = [SMTP, SMTP.replace('Anna@', 'all@').replace('>Mailbox<', '>PublicDL<')].map(
      (one) => `<t:Mailbox>${one}</t:Mailbox>`,
    )
    const body = `<E xmlns:m="m" xmlns:t="t"><m:ExpandDLResponseMessage><m:ResponseCode>NoError</m:ResponseCode><m:DLExpansion IncludesLastItemInRange="true">${members.join('')}</m:DLExpansion></m:ExpandDLResponseMessage></E>`
    expect(readExpandDl(context(body))).toMatchObject({
      kind: 'people',
      isComplete: true,
      people: [
        { address: 'anna@contoso.com', kind: 'person', displayName: 'Anna B' },
        { address: 'all@contoso.com', kind: 'list' },
      ],
    })
  })
})

describe('photoUrl', () => {
  it('percent-encodes what addresses may hold, and parts the values with a bare &', () => {
    const odd = smtpAddressSchema.parse("o'neil+a&b#c?d=e/f@contoso.com")
    const url = photoUrl(BASE, odd, 'HR96x96')
    expect(url.searchParams.get('email')).toBe(odd)
    expect(url.href).toBe(`${BASE}/s/GetUserPhoto?email=o%27neil%2Ba%26b%23c%3Fd%3De%2Ff%40contoso.com&size=HR96x96`)
  })

  it.each([BASE, `${BASE}/`, `${BASE}/s`, `${BASE}/s/`, `${BASE}/s/GetUserPhoto`])('builds on %s', (base) => {
    expect(photoUrl(base, ANNA, 'HR48x48').pathname).toBe('/EWS/Exchange.asmx/s/GetUserPhoto')
  })

  it.each(SIZE_CODES)('asks for %s as it is spelt', (code) => {
    expect(photoUrl(BASE, ANNA, code).searchParams.get('size')).toBe(code)
  })
})

describe('readPhotoAnswer', () => {
  const url = photoUrl(BASE, ANNA, 'HR96x96')
  const read = (status: number, headers: Record<string, string>, body: string | Buffer = '') =>
    readPhotoAnswer({ status, headers, body: Buffer.from(body as string) }, url, ANNA, NOW)
  const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1])

  it('keeps the bytes, and the ETag verbatim', () => {
    expect(read(200, { 'content-type': 'image/jpeg', etag: 'W/"a b"', 'cache-control': 'max-age=60' }, JPEG)).toEqual({
      kind: 'photo',
      status: 200,
      isWhole: false,
      askedUrl: url.href,
      bodyBytes: 5,
      bytes: JPEG,
      etag: 'W/"a b"',
      contentType: 'image/jpeg',
      freshUntilMs: NOW + 60_000,
    })
  })

  it.each([
    { what: 'an empty body', headers: { 'content-type': 'image/jpeg' }, body: '', kind: 'photo' },
    { what: 'bytes that are no picture', headers: { 'content-type': 'image/jpeg' }, body: 'hello', kind: 'photo' },
    { what: 'a picture without a type', headers: {}, body: JPEG, kind: 'photo' },
    { what: 'a picture called text', headers: { 'content-type': 'text/plain' }, body: JPEG, kind: 'photo' },
    { what: 'a sign-in page', headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<html>', kind: 'failed' },
    { what: 'a page without a type', headers: {}, body: '\r\n<!DOCTYPE html><html>', kind: 'failed' },
  ])('reads a 200 with $what as $kind', ({ headers, body, kind }) => {
    expect(read(200, headers as Record<string, string>, body).kind).toBe(kind)
  })

  it.each([
    { status: 304, kind: 'not-modified' },
    { status: 404, kind: 'absent' },
    { status: 400, kind: 'failed', error: { code: 'unexpected-answer' } },
    { status: 403, kind: 'failed', error: { code: 'forbidden' } },
    { status: 500, kind: 'failed', error: { code: 'unexpected-answer' } },
    { status: 503, kind: 'failed', error: { code: 'throttled' } },
  ])('reads HTTP $status as $kind', ({ status, kind, error }) => {
    expect(read(status, {})).toMatchObject({ status, kind, ...(error ? { error } : {}) })
  })

  it('hears from a fault that the mailbox is not served here', () => {
    const fault = '<E><Fault><detail><ResponseCode>ErrorNonExistentMailbox</ResponseCode></detail></Fault></E>'
    expect(read(500, {}, fault)).toMatchObject({ error: { code: 'unknown-person', address: 'anna@contoso.com' } })
  })
})
