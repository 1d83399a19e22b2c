import { describe, expect, it } from 'vitest'
import { chooseLanguage, directionOf } from '../../../src/renderer/i18n/choose-language.ts'
import { pseudoCatalogue } from '../../../src/renderer/i18n/pseudo-catalogue.ts'
import { LANGUAGES } from '../../../src/shared/languages.ts'

describe('the language of the page', () => {
  it.each([
    { setting: 'fi', preferred: ['de-AT', 'en'], language: 'fi' },
    { setting: 'system', preferred: ['de-AT', 'en'], language: 'de' },
    { setting: 'system', preferred: ['sv-FI', 'fi-FI', 'en'], language: 'fi' },
    { setting: 'system', preferred: ['FR-ca'], language: 'fr' },
    { setting: 'system', preferred: ['ja'], language: 'en' },
    { setting: 'system', preferred: [], language: 'en' },
  ] as const)('is $language with $setting and $preferred', ({ setting, preferred, language }) => {
    expect(chooseLanguage(setting, preferred)).toBe(language)
  })

  it('is written from left to right, but for the one that proves the opposite', () => {
    expect(LANGUAGES.map(directionOf)).toEqual(LANGUAGES.map(() => 'ltr'))
    expect(directionOf('ar-XB')).toBe('rtl')
  })
})

describe('the pseudo language', () => {
  it('mirrors the words, and leaves alone what is filled in', () => {
    expect(pseudoCatalogue({ a: { b: 'Show {{count, number}} more' }, c: ['One'] })).toEqual({
      a: { b: '\u202eShow \u202c{{count, number}}\u202e more\u202c' },
      c: ['\u202eOne\u202c'],
    })
  })
})
