import { describe, expect, it } from 'vitest'
import { chooseServerVersion } from '../../../../src/main/exchange/autodiscover/autodiscover-reading.ts'
import { readGetUserSettings } from '../../../../src/main/exchange/autodiscover/get-user-settings.ts'
import { readPox } from '../../../../src/main/exchange/autodiscover/pox.ts'
import { parseXml } from '../../../../src/main/exchange/soap/parse-xml.ts'

function parsed(text: string) {
  const document = parseXml(text)
  if (document === null) throw new Error('not XML')
  return document
}

const EWS = 'https://mail.contoso.com/EWS/Exchange.asmx'
const setting = (name: string, value: string) =>
  `<UserSetting><Name>${name}</Name><Value>${value}</Value></UserSetting>`

function soap(user: string, messageCode = 'NoError', namespace = 'http') {
  return parsed(
    `<s:Envelope xmlns:s="${namespace}://schemas.xmlsoap.org/soap/envelope/"><s:Body>` +
      `<GetUserSettingsResponseMessage xmlns="${namespace}://schemas.microsoft.com/exchange/2010/Autodiscover"><Response>` +
      `<ErrorCode>${messageCode}</ErrorCode><UserResponses><UserResponse>${user}</UserResponse></UserResponses>` +
      `</Response></GetUserSettingsResponseMessage></s:Body></s:Envelope>`,
  )
}

describe('readGetUserSettings', () => {
  it.each(['http', 'https'])('finds the EWS URL in answers with %s namespaces', (namespace) => {
    const user = `<ErrorCode>NoError</ErrorCode><UserSettings>${setting('ExternalEwsUrl', `${EWS}/`)}</UserSettings>`
    expect(readGetUserSettings(soap(user, 'NoError', namespace))).toEqual({
      kind: 'settings',
      settings: {
        external: { ewsUrl: EWS, photosUrl: null },
        internal: { ewsUrl: null, photosUrl: null },
        serverVersion: 'Exchange2013',
      },
    })
  })

  it('tells the URLs of both sides apart, takes the photos URL and the highest version both speak', () => {
    const user = [
      setting('InternalEwsUrl', 'https://inside.contoso.com/EWS/Exchange.asmx'),
      setting('ExternalEwsUrl', EWS),
      setting('ExternalPhotosUrl', 'https://photos.contoso.com/EWS/Exchange.asmx'),
      setting('EwsSupportedSchemas', 'Exchange2007, Exchange2016, Exchange2013, Exchange2099'),
    ].join('')
    expect(readGetUserSettings(soap(`<UserSettings>${user}</UserSettings>`))).toMatchObject({
      settings: {
        external: { ewsUrl: EWS, photosUrl: 'https://photos.contoso.com/EWS/Exchange.asmx' },
        internal: { ewsUrl: 'https://inside.contoso.com/EWS/Exchange.asmx', photosUrl: null },
        serverVersion: 'Exchange2016',
      },
    })
  })

  it('skips settings of a type it does not know', () => {
    const odd = '<UserSetting><Name>ExternalEwsUrl</Name><WebClientUrls><WebClientUrl/></WebClientUrls></UserSetting>'
    const user = `<UserSettings>${odd}${setting('InternalEwsUrl', EWS)}</UserSettings>`
    expect(readGetUserSettings(soap(user))).toMatchObject({
      settings: { external: { ewsUrl: null }, internal: { ewsUrl: EWS } },
    })
  })

  it.each([
    ['http://mail.contoso.com/EWS/Exchange.asmx'],
    ['file:///etc/passwd'],
    ['javascript:alert(1)'],
    ['not a url'],
    ['https://user:secret@mail.contoso.com/EWS/Exchange.asmx'],
  ])('does not take %s for an EWS URL', (url) => {
    expect(readGetUserSettings(soap(`<UserSettings>${setting('ExternalEwsUrl', url)}</UserSettings>`)).kind).toBe(
      'nothing-here',
    )
  })

  it('reads redirects of the user', () => {
    const redirect = (code: string, target: string) =>
      readGetUserSettings(soap(`<ErrorCode>${code}</ErrorCode><RedirectTarget>${target}</RedirectTarget>`))
    expect(redirect('RedirectAddress', 'a@b.example')).toEqual({ kind: 'redirect-address', address: 'a@b.example' })
    expect(redirect('RedirectUrl', 'https://x/')).toEqual({ kind: 'redirect-url', url: 'https://x/' })
  })

  it.each([
    ...['InvalidUser', 'InvalidDomain', 'InvalidRequest', 'SettingIsNotAvailable', 'NotFederated'],
    ...['InternalServerError', 'TokenRequired'],
  ])('takes %s as "nothing here", and names it', (code) => {
    expect(readGetUserSettings(soap(`<ErrorCode>${code}</ErrorCode>`)).kind).toBe('nothing-here')
    expect(readGetUserSettings(soap('', code))).toMatchObject({ kind: 'nothing-here', isSpoken: true })
    expect(readGetUserSettings(soap('', code))).toMatchObject({ detail: expect.stringContaining(code) })
  })

  it('asks again for less when a setting made the whole request invalid', () => {
    expect(readGetUserSettings(soap('', 'InvalidSetting')).kind).toBe('unknown-setting')
  })

  it('says why the server left the EWS URL out', () => {
    const error =
      '<UserSettingErrors><UserSettingError><ErrorCode>SettingIsNotAvailable</ErrorCode><SettingName>ExternalEwsUrl</SettingName></UserSettingError></UserSettingErrors>'
    expect(readGetUserSettings(soap(`<ErrorCode>NoError</ErrorCode>${error}`))).toMatchObject({
      detail: 'It names no EWS address. It says SettingIsNotAvailable.',
    })
  })

  it('hears that the server is busy at both levels', () => {
    expect(readGetUserSettings(soap('', 'ServerBusy')).kind).toBe('busy')
    expect(readGetUserSettings(soap('<ErrorCode>ServerBusy</ErrorCode>')).kind).toBe('busy')
  })

  it('takes a fault and any other document as "nothing here"', () => {
    expect(readGetUserSettings(parsed('<E><Body><Fault><faultcode>x</faultcode></Fault></Body></E>')).kind).toBe(
      'nothing-here',
    )
    expect(readGetUserSettings(parsed('<html/>')).kind).toBe('nothing-here')
  })
})

describe('readPox', () => {
  const pox = (account: string) =>
    readPox(parsed(`<Autodiscover><Response><Account>${account}</Account></Response></Autodiscover>`))

  it('takes EXPR for the outside, EXCH for the inside, and looks at direct children only', () => {
    const inner =
      '<Protocol><Type>WEB</Type><External><Protocol><Type>EXPR</Type><EwsUrl>https://wrong/</EwsUrl></Protocol></External></Protocol>'
    const exch = '<Protocol><Type>EXCH</Type><EwsUrl>https://inside.contoso.com/EWS/Exchange.asmx</EwsUrl></Protocol>'
    const expr = `<Protocol><Type>EXPR</Type><EwsUrl>${EWS}</EwsUrl></Protocol>`
    expect(pox(`<Action>settings</Action>${inner}${exch}${expr}`)).toMatchObject({
      settings: { external: { ewsUrl: EWS }, internal: { ewsUrl: 'https://inside.contoso.com/EWS/Exchange.asmx' } },
    })
    expect(pox(inner + exch)).toMatchObject({ settings: { external: { ewsUrl: null } } })
    expect(pox(inner).kind).toBe('nothing-here')
  })

  it('takes ASUrl where there is no EwsUrl', () => {
    expect(pox(`<Protocol><Type>EXCH</Type><ASUrl>${EWS}</ASUrl></Protocol>`)).toMatchObject({
      settings: { internal: { ewsUrl: EWS } },
    })
  })

  it('reads redirects and errors', () => {
    expect(pox('<Action>redirectAddr</Action><RedirectAddr>a@b.example</RedirectAddr>')).toEqual({
      kind: 'redirect-address',
      address: 'a@b.example',
    })
    expect(pox('<Action>redirectUrl</Action><RedirectUrl>https://x/</RedirectUrl>')).toEqual({
      kind: 'redirect-url',
      url: 'https://x/',
    })
    const error = '<Autodiscover><Response><Error><ErrorCode>500</ErrorCode></Error></Response></Autodiscover>'
    expect(readPox(parsed(error))).toEqual({ kind: 'nothing-here', detail: 'It does not know this address.' })
  })
})

describe('chooseServerVersion', () => {
  it.each([
    ['', 'Exchange2013'],
    ['Exchange2010,Exchange2007', 'Exchange2013'],
    ['Exchange2013,Exchange2013_SP1', 'Exchange2013_SP1'],
    [' Exchange2016 ,Exchange2013', 'Exchange2016'],
  ])('of %j speaks %s', (schemas, version) => {
    expect(chooseServerVersion(schemas)).toBe(version)
  })
})
