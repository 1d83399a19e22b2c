import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createNameGiver, MAX_STEM_UNITS, nameKey, safeStem } from '../../../../src/main/core/export/file-names.ts'

describe('safeStem', () => {
  it.each([
    ['Åsa Öberg', 'Åsa Öberg'],
    ['A\u030asa', 'Åsa'],
    ['山田 太郎', '山田 太郎'],
    ['عمر الشريف', 'عمر الشريف'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['C:\\Windows\\x', 'C__Windows_x'],
    ['a<b>c:"|?*', 'a_b_c_____'],
    ['CON', '_CON'],
    ['con.fig', '_con.fig'],
    ['Com1', '_Com1'],
    ['LPT¹', '_LPT¹'],
    ['Connie', 'Connie'],
    ['.hidden', 'hidden'],
    ['dots and spaces. . ', 'dots and spaces'],
    ['two\t \n lines', 'two lines'],
    ['bell\u0007', 'bell_'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['half \ud800 pair', 'half _ pair'],
    ['...', ''],
    ['///', ''],
    ['', ''],
  ])('makes %j to %j', (text, stem) => {
    expect(safeStem(text)).toBe(stem)
  })

  it('cuts long names between letters, and so that a file system takes them', () => {
    expect(safeStem('a'.repeat(500))).toHaveLength(MAX_STEM_UNITS)
    expect(safeStem('👩‍🚀'.repeat(100))).toMatch(/^(?:👩‍🚀)+$/u)
    expect(Buffer.byteLength(safeStem('漢'.repeat(500)))).toBeLessThanOrEqual(230)
  })
})

const RESERVED = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.constantFrom('NUL', 'com7.x', '..', 'Ann', 'ann', 'ANN ', 'Ann (2)', 'straße', 'STRASSE', 'ı', 'I'),
)

describe('createNameGiver', () => {
  it('numbers clashes without regard to case', () => {
    const names = createNameGiver([])
    expect(['Ann Lee', 'ANN LEE', 'ann lee '].map((name) => names.give([name]))).toEqual([
      'Ann Lee',
      'ANN LEE (2)',
      'ann lee (3)',
    ])
  })

  it.each([
    ['Straße', 'STRASSE'],
    ['ÅSA', 'A\u030asa'],
    ['ΟΔΟΣ', 'οδος'],
  ])('takes %s and %s for the same name, as file systems do', (first, second) => {
    const names = createNameGiver([])
    expect(names.give([first])).not.toContain('(')
    expect(names.give([second])).toMatch(/ \(2\)$/)
  })

  it('never gives the name of a file that is there, whatever its kind of picture', () => {
    const names = createNameGiver(['ann lee.png', 'bo.txt'])
    expect(names.give(['Ann Lee'])).toBe('Ann Lee (2)')
    expect(names.give(['Bo'])).toBe('Bo')
  })

  it('takes the next candidate when nothing of one can be used', () => {
    expect(createNameGiver([]).give(['', '...', 'alee'])).toBe('alee')
    expect(createNameGiver([]).give(['', ' '])).toBe('photo')
  })

  it('does not collide with a number that somebody is called by', () => {
    const names = createNameGiver([])
    expect(['Ann (2)', 'Ann', 'Ann'].map((name) => names.give([name]))).toEqual(['Ann (2)', 'Ann', 'Ann (3)'])
  })

  it('is safe, unique and stable for whatever people are called', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 60 }), fc.array(anyText), (people, taken) => {
        const giveAll = () => {
          const names = createNameGiver(taken)
          return people.map((name) => names.give([name]))
        }
        const given = giveAll()
        expect(giveAll()).toEqual(given)
        const keys = [...given, ...taken].map(nameKey)
        expect(new Set(given.map(nameKey)).size).toBe(given.length)
        for (const key of keys.slice(given.length)) expect(keys.slice(0, given.length)).not.toContain(key)
        for (const stem of given) {
          expect(stem).toMatch(/^[^<>:"/\\|?*\p{Cc}]+$/u)
          expect(stem).not.toMatch(/^[\s.]|[\s.]$/)
          expect(stem).not.toMatch(RESERVED)
          expect(stem.isWellFormed()).toBe(true)
          expect(stem.length).toBeLessThanOrEqual(MAX_STEM_UNITS)
          expect(Buffer.byteLength(`${stem}.webp`)).toBeLessThanOrEqual(255)
          expect(stem).toBe(stem.normalize('NFC'))
        }
      }),
    )
  })

  it('numbers thousands of people of one name quickly', () => {
    const names = createNameGiver([])
    const given = Array.from({ length: 20_000 }, () => names.give(['Kim']))
    expect(given.at(-1)).toBe('Kim (20000)')
  })
})
