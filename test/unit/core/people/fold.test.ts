import { describe, expect, it } from 'vitest'
import { fold } from '../../../../src/main/core/people/fold.ts'

describe('fold', () => {
  it.each([
    ['Åsö', 'aso'],
    ['A\u030aso\u0308', 'aso'],
    ['Müller', 'muller'],
    ['Straße', 'strasse'],
    ['Øystein Næss', 'oystein naess'],
    ['Łukasz Đorđe Þór', 'lukasz dorde thor'],
    ['İstanbul ısı', 'istanbul isi'],
    ['Щукин', 'shchukin'],
    ['Γιώργος Παπαδόπουλος', 'giorgos papadopoulos'],
    ['Ｗｉｄｅ', 'wide'],
    ['O’Brien', "o'brien"],
    ['plain TEXT 12', 'plain text 12'],
  ])('brings %s to %s', (text, folded) => {
    expect(fold(text)).toBe(folded)
  })

  it('keeps the characters of Chinese and Korean names apart, because each begins a word', () => {
    expect(fold('王小明').trim().split(/\s+/)).toEqual(['wang', 'xiao', 'ming'])
    expect(fold('김민수').trim().split(/\s+/)).toEqual(['gim', 'min', 'su'])
  })
})
