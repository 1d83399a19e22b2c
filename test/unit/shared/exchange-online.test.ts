import { describe, expect, it } from 'vitest'
import { describeError } from '../../../src/shared/describe-error.ts'
import { exchangeOnlineCloud, isExchangeOnlineUrl } from '../../../src/shared/exchange-online.ts'

describe('Exchange Online', () => {
  it.each([
    'https://outlook.office365.com/EWS/Exchange.asmx',
    'https://OUTLOOK.OFFICE365.COM',
    'https://autodiscover-s.outlook.com/autodiscover/autodiscover.svc',
    'https://outlook.office365.us/',
    'https://outlook-dod.office365.us/',
    'https://webmail.apps.mil/',
    'https://partner.outlook.cn/',
  ])('is recognised by %s', (url) => {
    expect(isExchangeOnlineUrl(url)).toBe(true)
  })

  it.each([
    'https://mail.fjordline.example/EWS/Exchange.asmx',
    'https://outlook.office365.com.evil.example/',
    'https://notoutlook.com/',
    'https://myoffice365.com/',
    'no address',
    '',
  ])('is not %j', (url) => {
    expect(isExchangeOnlineUrl(url)).toBe(false)
  })

  it.each([
    ['am0pr01mb1234.eurprd01.prod.outlook.com', 'login.microsoftonline.com'],
    ['webmail.apps.mil', 'login.microsoftonline.us'],
    ['partner.outlook.cn', 'login.partner.microsoftonline.cn'],
  ])('at %s signs in at %s', (host, authority) => {
    expect(exchangeOnlineCloud(host)?.authority).toBe(authority)
  })

  it('that refuses EWS is explained by its end there, and another server is not', () => {
    const step = (endpoint: string) => describeError({ code: 'forbidden', endpoint }).nextStep
    expect(step('https://outlook.office365.com')).toContain('EwsAllowedAppIDs')
    expect(step('https://mail.fjordline.example')).not.toContain('EwsAllowedAppIDs')
  })
})
