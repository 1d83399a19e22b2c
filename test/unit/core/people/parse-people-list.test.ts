import { describe, expect, it } from 'vitest'
import { asciiDomainOf, parsePeopleList } from '../../../../src/main/core/people/parse-people-list.ts'
import { address } from '../../../support/people.ts'

const read = (text: string) => {
  const list = parsePeopleList(text)
  return list.ok ? list.value.map((entry) => entry.address ?? `line ${entry.line}: ${entry.text}`) : list.error
}

describe('parsePeopleList', () => {
  it('reads an address a line, in lower case, and passes comments and empty lines over', () => {
    expect(read('Ada@Example.org\n\n# leavers\n bo@example.org \r\nADA@example.org')).toEqual([
      'ada@example.org',
      'bo@example.org',
      'ada@example.org',
    ])
  })

  it.each([
    ['comma', 'Name,E-mail\n"Berg, Bo",bo@example.org\n'],
    ['semicolon', '\ufeffmail;name\r\nbo@example.org;Bo\r\n'],
    ['tab', 'id\tEmail Address\n1\tbo@example.org\n'],
  ])('finds the column of a CSV with %s', (_, text) => {
    expect(read(text)).toEqual(['bo@example.org'])
  })

  it('reads what an e-mail program’s To field gives', () => {
    expect(read('Bo Berg <bo@example.org>; "Li, Ada" <ADA@example.org>;\nmailto:cy@example.org')).toEqual([
      'bo@example.org',
      'ada@example.org',
      'cy@example.org',
    ])
  })

  it('takes a line without an address for a name, and tells its line', () => {
    expect(read('ada@example.org\nBerg, Bo\n\n\na@b@c')).toEqual([
      'ada@example.org',
      'line 2: Berg, Bo',
      'line 5: a@b@c',
    ])
  })

  it('tells a row of a CSV whose address is missing by all its cells', () => {
    expect(read('name,email\nBo,\n')).toEqual(['line 2: Bo, '])
  })

  it('keeps addresses with odd characters', () => {
    expect(read("o'neil+x#1&2@example.org")).toEqual(["o'neil+x#1&2@example.org"])
  })
})

describe('asciiDomainOf', () => {
  it('spells an international domain in one way', () => {
    expect(asciiDomainOf(address('anna@bücher.example'))).toBe('anna@xn--bcher-kva.example')
    expect(asciiDomainOf(address('anna@xn--bcher-kva.example'))).toBe('anna@xn--bcher-kva.example')
    expect(asciiDomainOf(address("o'neil+x@example.org"))).toBe("o'neil+x@example.org")
  })

  it('leaves a domain that is none as it is', () => {
    expect(asciiDomainOf(address('anna@a_b^c'))).toBe('anna@a_b^c')
  })
})
