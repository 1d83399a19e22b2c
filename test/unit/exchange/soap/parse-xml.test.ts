import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeXml } from '../../../../src/main/exchange/soap/build-envelope.ts'
import { childOf, childText, findElement, parseXml } from '../../../../src/main/exchange/soap/parse-xml.ts'

describe('parseXml', () => {
  it('finds elements by local name, whatever prefix and namespace the server chose', () => {
    const document = parseXml('<s:A xmlns:s="http://x"><q:B xmlns:q="https://y" q:k="v">text</q:B></s:A>')
    expect(childText(document, 'B')).toBe('text')
    expect(childOf(document, 'B')?.attributes['k']).toBe('v')
  })

  it('reads an answer without XML declaration, with a byte-order mark, and with one', () => {
    expect(parseXml('<a/>')?.name).toBe('a')
    expect(parseXml('\uFEFF<?xml version="1.0" encoding="utf-8"?><a/>')?.name).toBe('a')
  })

  it.each([
    ['<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['<!doctype html><html></html>'],
    ['<a><!ENTITY x SYSTEM "file:///etc/passwd"></a>'],
  ])('refuses document types and entity declarations: %s', (text) => {
    expect(parseXml(text)).toBeNull()
  })

  it.each([[''], ['hello'], ['<a><b></a>'], ['<html><br></html>'], ['<a'], ['<a>'.repeat(500)]])(
    'answers null for what is no well-formed XML: %s',
    (text) => {
      expect(parseXml(text)).toBeNull()
    },
  )

  it('drops character references that XML 1.0 forbids, and keeps the others', () => {
    expect(parseXml('<a>x&#x0;&#8;&#xD800;y &#xe5; &#229; &amp;lt; &apos;</a>')?.text).toBe("xy å å &lt; '")
  })

  it('leaves entities that nobody declared as they are', () => {
    expect(parseXml('<a>&nbsp;</a>')?.text).toBe('&nbsp;')
  })

  it('reads CDATA as it stands', () => {
    expect(parseXml('<a><![CDATA[<b>&amp;]]></a>')?.text).toBe('<b>&amp;')
  })

  it('finds an element at any depth', () => {
    expect(findElement(parseXml('<a><b><c>deep</c></b></a>'), 'c')?.text).toBe('deep')
    expect(findElement(parseXml('<a/>'), 'c')).toBeNull()
  })

  it('reads back every text that was escaped, less the characters XML forbids', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the forbidden ones
        const allowed = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu, '')
        const read = parseXml(`<a b="${escapeXml(text)}">|${escapeXml(text)}|</a>`)
        const lines = (value: string | undefined) => value?.replace(/\r\n?/g, '\n')
        expect(lines(read?.text)).toBe(lines(`|${allowed}|`))
      }),
      { numRuns: 500 },
    )
  })

  it('never throws, whatever it is given', () => {
    const piece = fc.constantFrom(
      '<a>',
      '</a>',
      '<',
      '>',
      '&',
      '&#',
      ';',
      '"',
      '<![CDATA[',
      ']]>',
      '<?',
      '-->',
      '<!--',
      'x',
      '__proto__',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        parseXml(pieces.join(''))
      }),
      { numRuns: 2_000 },
    )
  })
})
