import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWellFormed, messageLength } from '../../../src/main/ldap/is-well-formed.ts'
import { ber, ldapEntry, ldapMessage, ldapResult } from '../../support/tiny-ldap-server.ts'

const ENTRY = ldapEntry(2, 'CN=x', { keywords: ['a', 'b'], thumbnailPhoto: [Buffer.alloc(90_000, 7)], none: [] })

describe('messageLength', () => {
  it('knows where a message ends before it is whole', () => {
    expect(messageLength(ENTRY)).toBe(ENTRY.length)
    expect(messageLength(ENTRY.subarray(0, 6))).toBe(ENTRY.length)
    expect(messageLength(ENTRY.subarray(0, 3))).toBe('more')
    expect(messageLength(Buffer.alloc(0))).toBe('more')
  })

  it.each([
    ['another tag', Buffer.from('HTTP/1.1')],
    ['no length at all', Buffer.from([0x30, 0x80, 0, 0, 0, 0])],
    ['a length of five bytes', Buffer.from([0x30, 0x85, 0, 0, 0, 0, 1])],
  ])('refuses %s', (_, bytes) => {
    expect(messageLength(bytes)).toBe('broken')
  })
})

describe('isWellFormed', () => {
  it.each([
    ['an entry', ENTRY],
    ['an entry without attributes', ldapEntry(2, '', {})],
    ['the end of a search', ldapResult(2, 'search')],
    ['a referral', ldapResult(2, 'search', 10, 'ldap://x/')],
    ['a reference', ldapMessage(2, ber(0x73, ber(0x04, 'ldap://x/')))],
    [
      'a message with controls',
      ber(
        0x30,
        ber(0x02, '\u0002'),
        ber(0x65, ber(0x0a, '\u0000'), ber(0x04), ber(0x04)),
        ber(0xa0, ber(0x30, ber(0x04, 'x'))),
      ),
    ],
  ])('takes %s', (_, message) => {
    expect(isWellFormed(message)).toBe(true)
  })

  it('takes no message with a byte of its framing changed into one that makes a length lie', () => {
    const entry = ldapEntry(2, 'CN=x', { keywords: ['abc'], mail: ['d'] })
    fc.assert(
      fc.property(fc.nat(entry.length - 1), fc.integer({ min: 1, max: 255 }), (at, by) => {
        const changed = Buffer.from(entry)
        changed[at] = ((changed[at] ?? 0) + by) % 256
        // Whatever was changed: what is taken can be read to its end, element by element.
        if (isWellFormed(changed)) expect(messageLength(changed)).toBe(changed.length)
      }),
    )
  })

  it('comes to an end with any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(typeof isWellFormed(bytes)).toBe('boolean')
        expect(isWellFormed(ldapMessage(2, ber(0x64, Buffer.from(bytes))))).toBeTypeOf('boolean')
      }),
      { numRuns: 500 },
    )
  })
})
