import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { chooseLanguage, directionOf } from '../../../src/renderer/i18n/choose-language.ts'
import de from '../../../src/renderer/i18n/de.json' with { type: 'json' }
import en from '../../../src/renderer/i18n/en.json' with { type: 'json' }
import fi from '../../../src/renderer/i18n/fi.json' with { type: 'json' }
import fr from '../../../src/renderer/i18n/fr.json' with { type: 'json' }
import { type Catalogue, pseudoCatalogue } from '../../../src/renderer/i18n/pseudo-catalogue.ts'
import { errorWordsIn } from '../../../src/renderer/i18n/use-error-words.ts'
import { nameKeys } from '../../../src/renderer/i18n/use-key-names.ts'
import { describeError } from '../../../src/shared/describe-error.ts'
import type { AppError } from '../../../src/shared/errors.ts'
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

describe('keys', () => {
  it.each([
    { keys: 'Ctrl+Shift+A', german: 'Strg+Umschalt+A' },
    { keys: 'Ctrl+Home  Ctrl+End', german: 'Strg+Pos1  Strg+Ende' },
    { keys: 'Page Up  Page Down', german: 'Bild auf  Bild ab' },
    { keys: 'Ctrl+← ↑ → ↓', german: 'Strg+← ↑ → ↓' },
    { keys: 'F1  ?', german: 'F1  ?' },
  ])('are called as on the keyboard: $keys is $german', ({ keys, german }) => {
    expect(nameKeys(keys, (key) => de.keyNames[key])).toBe(german)
    expect(nameKeys(keys, (key) => en.keyNames[key])).toBe(keys)
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

/** Every text of a catalogue by its path; a list's texts are numbered. */
function textsOf(catalogue: Catalogue, path = ''): Map<string, string> {
  const texts = new Map<string, string>()
  for (const [key, words] of Object.entries(catalogue)) {
    const at = `${path}${key}`
    if (typeof words === 'string') texts.set(at, words)
    else if (Array.isArray(words)) for (const [index, text] of words.entries()) texts.set(`${at}[${index}]`, text)
    else for (const [inner, text] of textsOf(words as Catalogue, `${at}.`)) texts.set(inner, text)
  }
  return texts
}

const PLURAL = /_(zero|one|two|few|many|other)$/
const isZero = (key: string) => key.endsWith('_zero')

/** The texts that a language must have: those of English, with the plural forms of its own grammar. */
function wantedKeys(language: string): string[] {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories
  const keys = [...textsOf(en).keys()]
  const plurals = new Set(keys.filter((key) => PLURAL.test(key)).map((key) => key.replace(PLURAL, '')))
  const plain = keys.filter((key) => !PLURAL.test(key) || isZero(key))
  return [...plain, ...[...plurals].flatMap((key) => forms.map((form) => `${key}_${form}`))].sort()
}

/** What is filled in, in the order of the alphabet. */
function placeholdersOf(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name = '']) => name))].sort()
}

describe.each([
  ['de', de],
  ['fr', fr],
  ['fi', fi],
] as const)('the catalogue of %s', (language, catalogue) => {
  const texts = textsOf(catalogue)

  it('has every text of the English one, in all the plural forms of its grammar, and no other', () => {
    expect([...texts.keys()].sort()).toEqual(wantedKeys(language))
  })

  it('has no empty text, and fills in what English fills in', () => {
    const english = textsOf(en)
    const wrong = [...texts].filter(([key, text]) => {
      const original = english.get(key) ?? english.get(key.replace(PLURAL, '_other')) ?? ''
      const isSame = placeholdersOf(text).join() === placeholdersOf(original).join()
      return text.trim() === '' || !isSame
    })
    expect(wrong).toEqual([])
  })

  it('has words for an error, with its facts', () => {
    const { title, nextStep } = errorWordsIn(language, {
      code: 'unreachable',
      endpoint: 'https://mail.contoso.example',
      reason: 'ECONNREFUSED',
    })
    expect(title).toContain('mail.contoso.example')
    expect(title).toContain('ECONNREFUSED')
    expect(nextStep).not.toBe('')
    expect(title).not.toBe(
      errorWordsIn('en', { code: 'unreachable', endpoint: 'https://mail.contoso.example', reason: 'ECONNREFUSED' })
        .title,
    )
  })
})

describe('words of errors in a window', () => {
  it('name no option of the command line', () => {
    const error: AppError = {
      ...{ code: 'certificate-untrusted', endpoint: 'https://mail.contoso.example', reason: 'SELF_SIGNED' },
      certificate: { sha256: 'AB:CD', subject: 'CN=mail', issuer: 'CN=ca', names: [], validFromMs: 0, validToMs: 1 },
    }
    expect(errorWordsIn('en', error).nextStep).toMatch(/If it is the same, trust it\.$/)
    expect(describeError(error).nextStep).toContain('(--pin-sha256)')
  })

  it.each(['describe-error.ts', 'describe-certificate-error.ts'])(
    'can leave out every option that %s names',
    (file) => {
      const source = readFileSync(new URL(`../../../src/shared/${file}`, import.meta.url), 'utf8')
      expect(source.match(/.{0,20}--[a-z].{0,3}/g)?.filter((part) => !part.includes(' (--')) ?? []).toEqual([])
    },
  )
})
