import { expect, it } from 'vitest'
import { openTestLibrary } from '../../support/open-test-library.ts'
import { address, somePerson } from '../../support/people.ts'

const RICH = somePerson('Anna Berg', {
  alias: 'aberg',
  title: 'Engineer',
  department: 'Design',
  office: 'Oslo',
  company: 'Fjordline',
  manager: 'Bo Lund',
  phones: [{ label: 'Business', number: '+47 1' }],
  kind: 'shared',
})

it('people come back as they were saved', () => {
  const { people } = openTestLibrary()
  expect(people.save([RICH, somePerson('王 明', { address: address('w@fjordline.example') })], 1)).toMatchObject({
    added: 2,
  })
  expect(people.count()).toBe(2)
  expect(people.find(RICH.address)).toEqual(RICH)
  expect([...people.iterateAll()].map((person) => person.displayName)).toEqual(['Anna Berg', '王 明'])
  expect(people.find(address('nobody@fjordline.example'))).toBeNull()
})

it('a poorer entry never takes facts away', () => {
  const { people } = openTestLibrary()
  people.save([RICH], 1)
  const poor = somePerson('', { address: RICH.address, displayName: 'Anna.Berg@Fjordline.Example' })
  expect(people.save([poor], 2)).toEqual({ added: 0 })
  expect(people.find(RICH.address)).toEqual(RICH)
})

it('a later entry replaces facts', () => {
  const { people } = openTestLibrary()
  people.save([RICH], 1)
  const moved = { ...RICH, office: 'Bergen', displayName: 'Anna Lund', phones: [], kind: 'room' as const }
  people.save([moved], 2)
  expect(people.find(RICH.address)).toEqual({ ...moved, phones: RICH.phones })
})

it('the same person twice in one answer is one person', () => {
  const { people } = openTestLibrary()
  expect(people.save([RICH, RICH], 1)).toEqual({ added: 1 })
  expect(people.count()).toBe(1)
})

it('whether the directory was read whole is remembered', () => {
  const { people } = openTestLibrary()
  expect(people.readDirectoryState()).toBeNull()
  people.saveDirectoryState({ isComplete: false, endedMs: 5, requests: 7 })
  people.saveDirectoryState({ isComplete: true, endedMs: 9, requests: 8 })
  expect(people.readDirectoryState()).toEqual({ isComplete: true, endedMs: 9, requests: 8 })
})
