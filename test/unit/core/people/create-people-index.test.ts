import { describe, expect, it } from 'vitest'
import { createPeopleIndex } from '../../../../src/main/core/people/create-people-index.ts'
import { NO_FILTER, type PeopleFilter, type PeopleQuery, type Person } from '../../../../src/shared/people.ts'
import { address, somePerson, someSummary } from '../../../support/people.ts'

function query(text: string, more: Partial<PeopleQuery> = {}): PeopleQuery {
  return { text, filter: NO_FILTER, sort: 'relevance', ...more }
}

function filter(chosen: Partial<PeopleFilter>): PeopleFilter {
  return { ...NO_FILTER, ...chosen }
}

function indexOf(people: readonly Person[]) {
  const index = createPeopleIndex()
  index.upsert(people)
  const names = (asked: PeopleQuery) => index.window(asked, 0, 500).rows.map((row) => row.displayName)
  return { index, names }
}

describe('a search among known people', () => {
  const { names } = indexOf([
    somePerson('Jörg Müller', { alias: 'jmueller', address: address('j.m@fjordline.example') }),
    somePerson('Åse Åsö', { address: address('aa1@nord.example') }),
    somePerson('Anna-Maria O’Brien', {
      department: 'Human Resources',
      office: 'Helsinki 4A',
      title: 'Head of Payroll',
    }),
    somePerson('Иван Щукин', { address: address('i1@fjordline.example') }),
    somePerson('王小明', { address: address('w1@fjordline.example') }),
    somePerson('Berta Anders', { office: 'Oslo' }),
    somePerson('Straße Meeting Room', { kind: 'room', address: address('room1@fjordline.example') }),
  ])

  it.each([
    ['muller', ['Jörg Müller']],
    ['MÜLLER', ['Jörg Müller']],
    ['mueller', ['Jörg Müller']],
    ['joerg', ['Jörg Müller']],
    ['aso', ['Åse Åsö']],
    ['aase', ['Åse Åsö']],
    ['strasse', ['Straße Meeting Room']],
    ['ivan shch', ['Иван Щукин']],
    ['щу', ['Иван Щукин']],
    ['xiao', ['王小明']],
    ['wangxiao', ['王小明']],
    ['小明', ['王小明']],
    ['annamaria', ['Anna-Maria O’Brien']],
    ['obrien', ['Anna-Maria O’Brien']],
    ["o'br", ['Anna-Maria O’Brien']],
    ['maria payroll hel human 4a', ['Anna-Maria O’Brien']],
    ['jmuel', ['Jörg Müller']],
    ['aa1@no', ['Åse Åsö']],
    ['@nord', ['Åse Åsö']],
    ['fjordline', []],
    ['ann ivan', []],
    ['nna', []],
  ])('finds by "%s"', (text, found) => {
    expect(names(query(text))).toEqual(found)
  })

  it('finds everybody by no word at all', () => {
    expect(names(query('  - '))).toHaveLength(7)
  })

  it('puts those whose name begins with the words before the others, both by name', () => {
    const { names: found } = indexOf([
      somePerson('Zoe Sales'),
      somePerson('Adam Berg', { department: 'Sales' }),
      somePerson('Sally Berg'),
      somePerson('Carl Berg', { title: 'Salesman' }),
    ])
    expect(found(query('sal'))).toEqual(['Sally Berg', 'Zoe Sales', 'Adam Berg', 'Carl Berg'])
    expect(found(query('sal', { sort: 'name' }))).toEqual(['Adam Berg', 'Carl Berg', 'Sally Berg', 'Zoe Sales'])
  })
})

it('a directory begins with people, and ends with lists, unless it is to be by name', () => {
  const { index, names } = indexOf([
    somePerson('All Sales', { kind: 'list' }),
    somePerson('Boardroom', { kind: 'room' }),
    somePerson('Carl'),
    somePerson('Drone', { kind: 'equipment' }),
    somePerson('Eva Supplier', { kind: 'contact' }),
    somePerson('Info', { kind: 'shared' }),
    somePerson('Zoe'),
  ])
  const peopleFirst = ['Carl', 'Eva Supplier', 'Zoe', 'Boardroom', 'Drone', 'Info', 'All Sales']
  expect(names(query(''))).toEqual(peopleFirst)
  const turned = ['Zoe', 'Eva Supplier', 'Carl', 'Info', 'Drone', 'Boardroom', 'All Sales']
  expect(names(query('', { isDescending: true }))).toEqual(turned)
  expect(names(query('', { sort: 'name' }))).toEqual(peopleFirst.toSorted())
  expect(names(query('', { group: 'office' }))).toEqual(peopleFirst)
  // Typing a name leads to it wherever it stands, and goes on from there.
  expect(index.findByName(query(''), 'all', -1)).toBe(6)
  expect(index.findByName(query(''), 'b', 6)).toBe(3)
})

it('a search shows people before lists that match as well, and never a list of a name after a person of another fact', () => {
  const { names } = indexOf([
    somePerson('All Sales', { kind: 'list' }),
    somePerson('Sally Berg'),
    somePerson('Adam Berg', { department: 'Sales' }),
  ])
  expect(names(query('sal'))).toEqual(['Sally Berg', 'All Sales', 'Adam Berg'])
  expect(names(query('sal', { isDescending: true }))).toEqual(['Sally Berg', 'All Sales', 'Adam Berg'])
})

describe('orders', () => {
  const { index, names } = indexOf([
    somePerson('Dora', { department: 'Äpfel', office: 'Oslo' }),
    somePerson('carl', { department: 'Zebra', office: '' }),
    somePerson('Åsa', { department: '', office: 'Bergen' }),
    somePerson('Bert', { department: 'Zebra', office: 'Bergen' }),
  ])
  const at = (name: string) => somePerson(name).address
  index.setPhotos([
    [at('Dora'), someSummary('photo', 648)],
    [at('carl'), someSummary('photo', 96, ['not-square', 'low-resolution'])],
    [at('Bert'), someSummary('none', null, ['missing'])],
  ])

  it.each([
    ['name', ['Åsa', 'Bert', 'carl', 'Dora']],
    ['department', ['Dora', 'Bert', 'carl', 'Åsa']],
    ['office', ['Åsa', 'Bert', 'Dora', 'carl']],
    ['pixels', ['carl', 'Dora', 'Åsa', 'Bert']],
    ['bytes', ['carl', 'Dora', 'Åsa', 'Bert']],
    ['changed', ['Dora', 'carl', 'Åsa', 'Bert']],
    ['finding', ['Bert', 'carl', 'Åsa', 'Dora']],
  ] as const)('sorts by %s, nothing last, equals by name', (sort, expected) => {
    expect(names(query('', { sort }))).toEqual(expected)
  })

  it.each([
    ['name', ['Dora', 'carl', 'Bert', 'Åsa']],
    ['department', ['Bert', 'carl', 'Dora', 'Åsa']],
    ['office', ['Dora', 'Åsa', 'Bert', 'carl']],
    ['pixels', ['Dora', 'carl', 'Åsa', 'Bert']],
    ['bytes', ['Dora', 'carl', 'Åsa', 'Bert']],
    ['changed', ['carl', 'Dora', 'Åsa', 'Bert']],
    ['finding', ['carl', 'Bert', 'Åsa', 'Dora']],
  ] as const)('turns the order by %s round, but nothing stays last', (sort, expected) => {
    expect(names(query('', { sort, isDescending: true }))).toEqual(expected)
  })

  it('groups in the order of names, nothing last, sorted inside each group', () => {
    const grouped = query('', { sort: 'name', group: 'office' })
    expect(names(grouped)).toEqual(['Åsa', 'Bert', 'Dora', 'carl'])
    expect(index.window(grouped, 2, 1).groups).toEqual([
      { name: 'Bergen', count: 2 },
      { name: 'Oslo', count: 1 },
      { name: '', count: 1 },
    ])
    expect(names({ ...grouped, isDescending: true })).toEqual(['Bert', 'Åsa', 'Dora', 'carl'])
    expect(index.window(query('b', { group: 'office' }), 0, 9).groups).toEqual([{ name: 'Bergen', count: 2 }])
    expect(index.window(query(''), 0, 9).groups).toEqual([])
  })

  it('finds the next name that begins with a text, round the end, before one of which a word does', () => {
    const { index: more } = indexOf(['Ann Berg', 'Bert Åsö', 'Berta Lund', 'Carl Bern'].map((name) => somePerson(name)))
    const byName = query('', { sort: 'name' })
    expect([-1, 1, 2].map((after) => more.findByName(byName, 'ber', after))).toEqual([1, 2, 1])
    expect(more.findByName(byName, 'ASO', -1)).toBe(1)
    expect(more.findByName(byName, 'bern', 3)).toBe(3)
    expect(more.findByName(byName, 'nobody', -1)).toBeNull()
  })

  it('says where a person stands, or that the query does not find them', () => {
    expect(index.position(query('', { sort: 'name' }), at('carl'))).toBe(2)
    expect(index.position(query('bert'), at('carl'))).toBeNull()
    expect(index.position(query(''), address('nobody@fjordline.example'))).toBeNull()
  })

  it('lists the addresses of everybody found, beyond any window', () => {
    expect(index.addresses(query('', { sort: 'name' }))).toEqual(['Åsa', 'Bert', 'carl', 'Dora'].map(at))
    const some = ['Dora', 'nobody', 'Bert'].map(at)
    expect(index.addresses(query('', { sort: 'name' }), some)).toEqual(['Bert', 'Dora'].map(at))
    expect(index.window(query('', { sort: 'name' }), 1, 2)).toMatchObject({ known: 4, total: 4, offset: 1 })
    expect(index.window(query('', { sort: 'name' }), 1, 2).rows.map((row) => row.displayName)).toEqual(['Bert', 'carl'])
  })
})

describe('a scope', () => {
  const { index, names } = indexOf(
    ['Ada Berg', 'Bea Lund', 'Cid Berg'].map((name) =>
      somePerson(name, { department: name.startsWith('B') ? 'Law' : 'Sales' }),
    ),
  )
  const list = (...addresses: string[]) => ({
    id: 'team',
    name: 'Team',
    definition: {
      kind: 'addresses' as const,
      source: 'list' as const,
      addresses: [...addresses.map((name) => somePerson(name).address), address('stranger@fjordline.example')],
    },
  })
  const scoped = (text = '') => query(text, { scopeId: 'team' })

  it('lets only its people through, in searches and in counts', () => {
    index.setScopes([list('Cid Berg', 'Bea Lund')])
    expect(names(scoped())).toEqual(['Bea Lund', 'Cid Berg'])
    expect(names(scoped('berg'))).toEqual(['Cid Berg'])
    expect(index.countChips(scoped()).departments).toEqual([
      { key: 'Law', count: 1 },
      { key: 'Sales', count: 1 },
    ])
    expect(names(query('berg'))).toEqual(['Ada Berg', 'Cid Berg'])
  })

  it('follows its list and the people who become known; one that is gone has nobody', () => {
    index.setScopes([list('Ada Berg')])
    expect(names(scoped())).toEqual(['Ada Berg'])
    index.upsert([somePerson('Sam Stranger', { address: address('stranger@fjordline.example') })])
    expect(names(scoped())).toEqual(['Ada Berg', 'Sam Stranger'])
    index.setScopes([])
    expect(names(scoped())).toEqual([])
  })
})

describe('chips', () => {
  const { index, names } = indexOf([
    somePerson('Ada', { department: 'Sales', office: 'Oslo' }),
    somePerson('Bea', { department: 'Sales', office: 'Bergen' }),
    somePerson('Cid', { department: 'Law', office: 'Oslo' }),
    somePerson('Hall', { kind: 'room', department: '', office: 'Oslo' }),
  ])
  index.setPhotos([
    [somePerson('Ada').address, someSummary('photo', 240, ['low-resolution', 'not-square'])],
    [somePerson('Bea').address, someSummary('none', null, ['missing'])],
    [somePerson('Cid').address, someSummary('photo', 648, ['not-square'])],
  ])
  const count = (chips: readonly { key: string; count: number }[], key: string) =>
    chips.find((chip) => chip.key === key)?.count

  it('are OR inside a group and AND between groups', () => {
    expect(names(query('', { filter: filter({ states: ['photo', 'none'], offices: ['Oslo'] }) }))).toEqual([
      'Ada',
      'Cid',
    ])
    expect(names(query('', { filter: filter({ findings: ['missing', 'low-resolution'] }) }))).toEqual(['Ada', 'Bea'])
    expect(names(query('', { filter: filter({ kinds: ['room'] }) }))).toEqual(['Hall'])
    expect(names(query('', { filter: filter({ departments: ['no such'] }) }))).toEqual([])
  })

  it('count with the other groups applied, not their own', () => {
    const chips = index.countChips(query('', { filter: filter({ states: ['none'], departments: ['Sales'] }) }))
    expect(count(chips.states, 'photo')).toBe(1)
    expect(count(chips.states, 'none')).toBe(1)
    expect(count(chips.states, 'not-asked')).toBe(0)
    expect(count(chips.findings, 'missing')).toBe(1)
    expect(count(chips.findings, 'not-square')).toBe(0)
    expect(chips.departments).toEqual([{ key: 'Sales', count: 1 }])
    expect(chips.offices).toEqual([{ key: 'Bergen', count: 1 }])
  })

  it('count within the text, and keep a chosen name in sight that nobody has', () => {
    const chips = index.countChips(query('a', { filter: filter({ offices: ['Rome'] }) }))
    expect(chips.offices).toEqual([
      { key: 'Oslo', count: 1 },
      { key: 'Rome', count: 0 },
    ])
  })

  it('name the fifty largest departments, largest first', () => {
    const people = Array.from({ length: 60 }, (_, number) =>
      somePerson(`P${number}`, { department: number < 3 ? 'Big' : `D${number}` }),
    )
    const { departments } = indexOf(people).index.countChips(query(''))
    expect(departments).toHaveLength(50)
    expect(departments[0]).toEqual({ key: 'Big', count: 3 })
  })
})

describe('a distribution list', () => {
  const sales = somePerson('All Sales', { kind: 'list' })
  const states = (chips: readonly { key: string; count: number }[]) =>
    Object.fromEntries(chips.filter(({ count }) => count > 0).map(({ key, count }) => [key, count]))

  it.each(['none', 'not-available-here', 'not-asked'] as const)(
    'is not among the people of whom is heard "%s"',
    (state) => {
      const { index, names } = indexOf([somePerson('Ada'), sales])
      const findings = state === 'none' ? (['missing'] as const) : []
      for (const { address: whose } of [somePerson('Ada'), sales]) {
        index.setPhotos([[whose, someSummary(state, null, [...findings])]])
      }
      expect(names(query('', { filter: filter({ states: [state] }) }))).toEqual(['Ada'])
      const chips = index.countChips(query(''))
      expect(states(chips.states)).toEqual({ [state]: 1, 'not-expected': 1 })
      expect(states(chips.findings)).toEqual(state === 'none' ? { missing: 1 } : {})
      expect(index.row(sales.address)?.photo).toEqual({ state: 'not-expected', tile: null, findings: [] })
    },
  )

  it('that has a picture, or could not be asked for one, is like everybody', () => {
    const { index } = indexOf([sales])
    index.setPhotos([[sales.address, someSummary('photo', 96, ['low-resolution'])]])
    expect(index.row(sales.address)?.photo).toMatchObject({ state: 'photo', findings: ['low-resolution'] })
    index.setPhotos([[sales.address, someSummary('could-not-ask', null)]])
    expect(index.row(sales.address)?.photo.state).toBe('could-not-ask')
  })

  it('that turns out to be a person is a person without a photo', () => {
    const { index, names } = indexOf([sales])
    index.setPhotos([[sales.address, someSummary('none', null, ['missing'])]])
    index.upsert([{ ...sales, kind: 'person' }])
    expect(index.row(sales.address)?.photo).toMatchObject({ state: 'none', findings: ['missing'] })
    expect(names(query('', { filter: filter({ states: ['none'] }) }))).toEqual(['All Sales'])
    index.upsert([sales])
    expect(names(query('', { filter: filter({ states: ['none'] }) }))).toEqual([])
  })
})

describe('changes', () => {
  it('move the revision, and nothing new does not', () => {
    const { index } = indexOf([somePerson('Ada')])
    const before = index.revision
    index.upsert([somePerson('Ada')])
    expect(index.revision).toBe(before)
    index.upsert([somePerson('Ada', { title: 'Boss' })])
    expect(index.revision).toBeGreaterThan(before)
    expect(index.size).toBe(1)
  })

  it('find a renamed person by the new name only, in the new place', () => {
    const ada = somePerson('Ada Berg')
    const { index, names } = indexOf([ada, somePerson('Bea Berg')])
    expect(names(query('berg'))).toEqual(['Ada Berg', 'Bea Berg'])
    index.upsert([{ ...ada, displayName: 'Zita Lund', givenName: 'Zita', surname: 'Lund' }])
    expect(names(query('zita'))).toEqual(['Zita Lund'])
    expect(names(query(''))).toEqual(['Bea Berg', 'Zita Lund'])
    expect(names(query('lund'))).toEqual(['Zita Lund'])
  })

  it('of photos show at once in rows, filters and orders', () => {
    const { index, names } = indexOf([somePerson('Ada'), somePerson('Bea')])
    const withPhoto = query('', { filter: filter({ states: ['photo'] }) })
    expect(names(withPhoto)).toEqual([])
    index.setPhotos([[somePerson('Bea').address, someSummary('photo', 240)]])
    expect(names(withPhoto)).toEqual(['Bea'])
    expect(index.row(somePerson('Bea').address)?.photo.tile?.widthPx).toBe(240)
    expect(index.row(somePerson('Ada').address)?.photo.state).toBe('not-asked')
  })

  it('of a photo that came before its person are not lost', () => {
    const index = createPeopleIndex()
    index.setPhotos([[somePerson('Ada').address, someSummary('photo', 240)]])
    expect(index.row(somePerson('Ada').address)).toBeNull()
    index.upsert([somePerson('Ada')])
    expect(index.row(somePerson('Ada').address)?.photo.state).toBe('photo')
  })
})
