import { describe, expect, it } from 'vitest'
import { type LdapServer, ldapOrigin, parseLdapUrl } from '../../../src/shared/ldap.ts'

const server = (host: string, port: number, isStartTls = false, base = ''): LdapServer => ({
  host,
  port,
  isStartTls,
  base,
})

describe('parseLdapUrl', () => {
  it.each([
    ['ldaps://dc1.example.org', server('dc1.example.org', 636), 'ldaps://dc1.example.org'],
    ['ldap://DC1.Example.org/', server('dc1.example.org', 389, true), 'ldap://dc1.example.org'],
    ['ldaps://dc1.example.org:3269', server('dc1.example.org', 3269), 'ldaps://dc1.example.org:3269'],
    ['ldaps://dc1/OU=People%20here,DC=x', server('dc1', 636, false, 'OU=People here,DC=x'), 'ldaps://dc1'],
    ['ldap://[::1]:1389', server('::1', 1389, true), 'ldap://[::1]:1389'],
    ['ldaps://dc1.bücher.example', server('dc1.xn--bcher-kva.example', 636), 'ldaps://dc1.xn--bcher-kva.example'],
  ])('reads %s', (text, expected, origin) => {
    expect(parseLdapUrl(text)).toEqual(expected)
    expect(ldapOrigin(expected)).toBe(origin)
  })

  it.each([
    'https://dc1.example.org',
    'ldaps://user:secret@dc1.example.org',
    'ldaps://dc1.example.org/DC=x?mail?sub',
    'ldaps://',
    'ldaps://dc1.example.org:0',
    'ldaps://dc1.example.org/%00',
    'ldaps://dc1.example.org/%zz',
    'dc1.example.org',
    `ldaps://dc1.example.org/${'x'.repeat(1_001)}`,
  ])('refuses %s', (text) => {
    expect(parseLdapUrl(text)).toBeNull()
  })
})
