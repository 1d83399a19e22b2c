import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, settingsPatchSchema, settingsSchema } from '../../../src/shared/settings.ts'

describe('a change of settings', () => {
  it('holds what was changed and nothing else', () => {
    const patch = { appearance: { theme: 'dark' }, oauth: { clientId: 'id' }, audit: {} }
    expect(settingsPatchSchema.parse(patch)).toEqual(patch)
  })

  it.each([
    { library: { concurrency: 17 } },
    { library: { unknown: 1 } },
    { oauth: { authority: 'http://login.example' } },
  ])('is refused when it is not acceptable: %j', (patch) => {
    expect(settingsPatchSchema.safeParse(patch).success).toBe(false)
  })
})

describe('the settings', () => {
  it('of an earlier version get the defaults of what is new', () => {
    const { oauth, ...earlier } = DEFAULT_SETTINGS
    expect(settingsSchema.parse(earlier)).toEqual({ ...earlier, oauth })
  })

  it.each(['https://login.microsoftonline.com', 'https://adfs.example.org/adfs', ''])(
    'take %j as the sign-in server',
    (authority) => {
      expect(settingsSchema.parse({ oauth: { authority } }).oauth.authority).toBe(authority)
    },
  )

  it.each(['http://login.example', 'file:///etc/passwd', 'javascript:alert(1)', 'login.example'])(
    'do not take %j as the sign-in server',
    (authority) => {
      expect(settingsSchema.safeParse({ oauth: { authority } }).success).toBe(false)
    },
  )
})
