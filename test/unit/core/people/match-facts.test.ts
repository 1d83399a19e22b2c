import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { matchFacts } from '../../../../src/main/core/people/match-facts.ts'
import { queryTermsOf } from '../../../../src/main/core/people/search-words.ts'
import { address, somePerson } from '../../../support/people.ts'

const person = somePerson('Jörg O’Brien-Müller', {
  address: address('joerg.x@nord.example'),
  department: 'Human Resources',
  office: 'Åsö 4A',
  title: 'Head of 王小明',
  alias: 'jmu',
})

/** The matched stretches in brackets, with the fact they are in. */
function matched(text: string): Record<string, string> {
  return Object.fromEntries(
    matchFacts(person, queryTermsOf(text)).map(({ fact, text: whole, ranges }) => [
      fact,
      ranges.reduceRight(
        (words, [from, to]) => `${words.slice(0, from)}[${words.slice(from, to)}]${words.slice(to)}`,
        whole,
      ),
    ]),
  )
}

describe('why a search found somebody', () => {
  it.each([
    ['mul', { displayName: 'Jörg O’Brien-[Mül]ler' }],
    ['mueller', { displayName: 'Jörg O’Brien-[Müller]' }],
    ['jor', { displayName: '[Jör]g O’Brien-Müller' }],
    ['obri', { displayName: 'Jörg [O’Bri]en-Müller' }],
    ['aso', { office: '[Åsö] 4A' }],
    ['hum res', { department: '[Hum]an [Res]ources' }],
    ['xiao', { title: 'Head of 王[小]明' }],
    ['joerg', { displayName: '[Jörg] O’Brien-Müller', address: '[joerg].x@nord.example' }],
    ['joerg.x@no', { address: '[joerg.x@no]rd.example' }],
    ['@nord', { address: 'joerg.x[@nord].example' }],
    ['jm', { alias: '[jm]u' }],
    ['nord', {}],
    ['rien', {}],
  ])('is shown for "%s"', (text, expected) => {
    expect(matched(text)).toEqual(expected)
  })
})

it('finds in a plain text what it finds in the same text before a letter that is not', () => {
  const letters = (alphabet: string, most: number) =>
    fc.string({ unit: fc.constantFrom(...alphabet), minLength: 1, maxLength: most })
  const titleRanges = (title: string, terms: ReturnType<typeof queryTermsOf>) =>
    matchFacts(somePerson('x', { title }), terms).flatMap(({ fact, ranges }) => (fact === 'title' ? ranges : []))
  fc.assert(
    fc.property(letters("abAB1 .'-_", 12), letters('ab1', 4), (title, query) => {
      const terms = queryTermsOf(query)
      const beforeUmlaut = titleRanges(`${title} ü`, terms).filter(([, to]) => to <= title.length)
      expect(titleRanges(title, terms)).toEqual(beforeUmlaut)
    }),
  )
})
