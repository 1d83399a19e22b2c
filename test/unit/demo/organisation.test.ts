import { describe, expect, it } from 'vitest'
import { createDirectorySearch } from '../../../src/main/demo/organisation/create-directory-search.ts'
import { createOrganisation } from '../../../src/main/demo/organisation/create-organisation.ts'
import { smtpAddressSchema } from '../../../src/shared/smtp-address.ts'

const organisation = createOrganisation('seed', 2_000)
const large = createOrganisation('seed', 20_000).people
const persons = organisation.people.filter(({ kind }) => kind === 'person')

describe('the demo organisation', () => {
  it('is the same for the same seed and another one for another', () => {
    expect(createOrganisation('seed', 300).people).toEqual(createOrganisation('seed', 300).people)
    const names = (seed: string) => createOrganisation(seed, 300).people.map(({ displayName }) => displayName)
    expect(names('another')).not.toEqual(names('seed'))
  })

  it('has its people in common with a larger one of the same seed', () => {
    const small = createOrganisation('seed', 100).people.filter(({ kind }) => kind === 'person')
    expect(persons.slice(0, 100)).toEqual(small)
  })

  it('has as many ordinary mailboxes as asked for, and rooms, equipment, shared mailboxes and lists besides', () => {
    expect(persons).toHaveLength(2_000)
    const kinds = new Set(organisation.people.map(({ kind }) => kind))
    expect([...kinds].sort()).toEqual(['equipment', 'list', 'person', 'room', 'shared'])
  })

  it('gives everybody an address of their own, in ASCII, as the rest of Rollcall understands addresses', () => {
    expect(new Set(large.map(({ address }) => address)).size).toBe(large.length)
    for (const { address } of large) {
      expect(address).toMatch(/^[\x21-\x7e]+$/)
      expect(smtpAddressSchema.parse(address)).toBe(address)
    }
    expect(large.filter(({ address }) => address.includes("'")).length).toBeGreaterThan(1)
    expect(large.filter(({ address }) => address.includes('+')).length).toBeGreaterThan(1)
  })

  it.each(['Latin', 'Cyrillic', 'Greek', 'Arabic', 'Hebrew', 'Han', 'Hiragana', 'Hangul'])(
    'has names in %s',
    (script) => {
      const pattern = new RegExp(`\\p{Script=${script}}`, 'u')
      expect(large.some(({ displayName }) => pattern.test(displayName))).toBe(true)
    },
  )

  it('has a manager for all but the chief and the three who are always there, and no one is their own', () => {
    const without = persons.filter(({ manager }) => manager === '')
    expect(without.length).toBeLessThanOrEqual(4)
    for (const { address, managerAddress, manager } of persons.filter((person) => person.manager !== '')) {
      expect(managerAddress).not.toBe(address)
      expect(organisation.find(managerAddress)?.displayName).toBe(manager)
    }
  })

  it('has departments and offices of different sizes', () => {
    const sizes = (field: 'department' | 'office') => {
      const counts = new Map<string, number>()
      for (const person of persons) counts.set(person[field], (counts.get(person[field]) ?? 0) + 1)
      return [...counts.values()].sort((a, b) => b - a)
    }
    for (const field of ['department', 'office'] as const) {
      expect(sizes(field).length).toBeGreaterThan(10)
      expect(sizes(field)[0]).toBeGreaterThan(10 * (sizes(field).at(-1) ?? Number.POSITIVE_INFINITY))
    }
  })

  it('nests lists, and nests two of them in each other', () => {
    const list = (alias: string) => organisation.people.find((entry) => entry.alias === alias)
    const everybody = list('dl.everybody')
    expect(everybody?.members.every((address) => organisation.find(address)?.kind === 'list')).toBe(true)
    expect(list('dl.projectaurora')?.members).toContain(list('dl.projectborealis')?.address)
    expect(list('dl.projectborealis')?.members).toContain(list('dl.projectaurora')?.address)
    const members = organisation.people.flatMap((entry) => entry.members)
    expect(members.filter((address) => organisation.find(address) === null)).toEqual([])
  })
})

describe('the demo directory', () => {
  const search = createDirectorySearch(organisation)
  const addresses = (text: string, limit = 1_000) => search.resolve(text, limit).map(({ address }) => address)
  const aino = 'aino.makela@fjordline.example'

  it.each([
    ['the given name', 'Aino'],
    ['the surname', 'mäkelä'],
    ['the surname without its dots', 'makel'],
    ['the alias', 'aino.mak'],
    ['the address', aino],
    ['both names', 'aino mäk'],
    ['both names, the surname first', 'mäkelä ai'],
    ['the office', 'helsi'],
    ['the address after smtp:', 'smtp:aino.m'],
    ['the exact address', `=${aino}`],
  ])('finds a person by %s', (_, text) => {
    expect(addresses(text)).toContain(aino)
  })

  it.each(['kelä', 'aino lindqvist', '=aino.mak', 'smtp:mäkelä', 'communications', ''])(
    'does not find her by "%s"',
    (text) => {
      expect(addresses(text)).not.toContain(aino)
    },
  )

  it('finds everybody by some prefix of their address', () => {
    const found = new Set([...'abcdefghijklmnopqrstuvwxyz0123456789'].flatMap((letter) => addresses(letter, 5_000)))
    expect(found.size).toBe(organisation.people.length)
  })

  it('stops at the limit', () => {
    expect(addresses('a', 101)).toHaveLength(101)
    expect(new Set(addresses('a', 101)).size).toBe(101)
  })

  it('finds a list by the beginning of its whole name', () => {
    expect(addresses('project aur')).toEqual(['dl.projectaurora@fjordline.example'])
  })
})
