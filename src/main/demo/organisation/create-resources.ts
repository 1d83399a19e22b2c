import type { MailboxKind } from '../../../shared/people.ts'
import type { DemoPerson } from '../demo-types.ts'
import { DEMO_COMPANY, DEMO_DEPARTMENTS, DEMO_DOMAIN, DEMO_OFFICES } from './company.ts'
import { toAsciiName } from './name-pools.ts'
import { createSeededRandom } from './seeded-random.ts'

/** Names of rooms; each office has some of them. */
const DEMO_ROOMS: readonly string[] = [
  'Fjord',
  'Aurora',
  'Kompass',
  'Sextant',
  'Lanterna',
  'Mistral',
  'Polaris',
  'Skjær',
  'Anker',
  'Brise',
]
/** Names of things that are booked. */
const DEMO_EQUIPMENT: readonly string[] = ['Projector', 'Pool car', 'Conference phone', 'Camera', 'Survey drone']
/** Names of shared mailboxes. */
const DEMO_SHARED: readonly string[] = [
  'Invoices',
  'Info',
  'Jobs',
  'IT Support',
  'Press',
  'Claims',
  'Bookings',
  'Travel',
  'Customs',
  'Reception',
]
/** Projects: lists that cut across the departments. */
const DEMO_PROJECTS: readonly string[] = ['Project Aurora', 'Project Borealis', 'Project Cormorant']

/** One resource for so many people, and how many there are at least and at most. */
const SHARES = {
  room: { people: 50, atLeast: 4, atMost: DEMO_ROOMS.length * DEMO_OFFICES.length },
  equipment: { people: 250, atLeast: 2, atMost: DEMO_EQUIPMENT.length * DEMO_OFFICES.length },
  shared: { people: 200, atLeast: 3, atMost: DEMO_SHARED.length },
} as const

/** A list that is nested in itself over another one: whoever expands lists must guard against it. */
const CYCLE = ['Project Aurora', 'Project Borealis'] as const

function entry(kind: MailboxKind, alias: string, displayName: string, facts: Partial<DemoPerson> = {}): DemoPerson {
  return {
    address: `${alias}@${DEMO_DOMAIN}`,
    displayName,
    givenName: '',
    surname: '',
    alias,
    title: '',
    department: '',
    office: '',
    company: DEMO_COMPANY,
    manager: '',
    managerAddress: '',
    phones: [],
    kind,
    members: [],
    ...facts,
  }
}

function howMany(kind: keyof typeof SHARES, peopleCount: number): number {
  const { people, atLeast, atMost } = SHARES[kind]
  return Math.min(atMost, Math.max(atLeast, Math.round(peopleCount / people)))
}

/** Names crossed with offices, office by office last, so that the first few lie in different places. */
function crossed(kind: 'room' | 'equipment', names: readonly string[], count: number): DemoPerson[] {
  return Array.from({ length: count }, (_, index) => {
    const office = DEMO_OFFICES[index % DEMO_OFFICES.length]
    const name = names[Math.floor(index / DEMO_OFFICES.length) % names.length]
    if (office === undefined || name === undefined) throw new Error('there are offices and names')
    const alias = `${kind}.${toAsciiName(office.name)}.${toAsciiName(name)}`
    const label = kind === 'room' ? `Meeting room ${name} (${office.name})` : `${name} (${office.name})`
    return entry(kind, alias, label, { office: office.name })
  })
}

function listAlias(name: string): string {
  return `dl.${toAsciiName(name)}`
}

function list(name: string, members: readonly string[]): DemoPerson {
  return entry('list', listAlias(name), name, { members })
}

function createLists(seed: string, people: readonly DemoPerson[]): DemoPerson[] {
  const random = createSeededRandom(`${seed}/lists`)
  const addressesBy = (field: 'department' | 'office'): Map<string, string[]> => {
    const groups = new Map<string, string[]>()
    for (const person of people) {
      const group = groups.get(person[field])
      if (group === undefined) groups.set(person[field], [person.address])
      else group.push(person.address)
    }
    return groups
  }
  const byDepartment = addressesBy('department')
  const byOffice = addressesBy('office')
  const departments = DEMO_DEPARTMENTS.map(({ name }) => list(`All ${name}`, byDepartment.get(name) ?? []))
  const offices = DEMO_OFFICES.map(({ name }) => list(`Office ${name}`, byOffice.get(name) ?? []))
  const projects = DEMO_PROJECTS.map((name) => {
    const members = Array.from({ length: 12 }, () => random.pick(people).address)
    const nested = CYCLE.filter((other) => other !== name && CYCLE.some((one) => one === name))
    return list(name, [...new Set(members), ...nested.map((other) => `${listAlias(other)}@${DEMO_DOMAIN}`)])
  })
  const everybody = list(
    'Everybody',
    departments.map(({ address }) => address),
  )
  return [everybody, ...departments, ...offices, ...projects]
}

/** Rooms, equipment, shared mailboxes and distribution lists for these people. */
export function createResources(seed: string, people: readonly DemoPerson[]): DemoPerson[] {
  const shared = DEMO_SHARED.slice(0, howMany('shared', people.length)).map((name) =>
    entry('shared', toAsciiName(name), name),
  )
  return [
    ...crossed('room', DEMO_ROOMS, howMany('room', people.length)),
    ...crossed('equipment', DEMO_EQUIPMENT, howMany('equipment', people.length)),
    ...shared,
    ...createLists(seed, people),
  ]
}
