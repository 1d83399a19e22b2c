import type { DemoPerson } from '../demo-types.ts'
import {
  DEMO_COMPANY,
  DEMO_DEPARTMENTS,
  DEMO_DOMAIN,
  DEMO_OFFICES,
  type DemoDepartment,
  type DemoOffice,
} from './company.ts'
import { createResources } from './create-resources.ts'
import { type DemoName, drawName, toAsciiName } from './name-pools.ts'
import { createSeededRandom, type SeededRandom } from './seeded-random.ts'

/** Everybody and everything in the demo directory. */
export interface DemoOrganisation {
  readonly people: readonly DemoPerson[]
  /** By address, in lower case. */
  find(address: string): DemoPerson | null
}

/** People who are there whatever the seed, so that documents and tests can name them. The first two can sign in. */
const FIXED: readonly { name: [string, string]; office: number; department: string; title: string }[] = [
  { name: ['Maja', 'Lindqvist'], office: 0, department: 'it', title: 'Helpdesk specialist' },
  { name: ['Aino', 'Mäkelä'], office: 3, department: 'marketing', title: 'Content editor' },
  { name: ['Seán', "O'Brien"], office: 8, department: 'ports', title: 'Port agent' },
]

/** How many report to one team lead. */
const TEAM_SIZE = 9

interface Draft {
  name: DemoName
  office: DemoOffice
  department: DemoDepartment
  title: string | null
}

/** Who leads: filled while people are hired, so that every manager exists before the first who reports to them. */
interface Hierarchy {
  chief: DemoPerson | null
  heads: Map<string, DemoPerson>
  leads: Map<string, { lead: DemoPerson; reports: number }>
}

function draftPerson(index: number, random: SeededRandom, officeWeights: number[], departmentWeights: number[]): Draft {
  const executive = DEMO_DEPARTMENTS[DEMO_DEPARTMENTS.length - 1]
  const fixed = FIXED[index]
  if (fixed !== undefined) {
    const [givenName, surname] = fixed.name
    return {
      name: {
        givenName,
        surname,
        asciiGivenName: toAsciiName(givenName),
        asciiSurname: toAsciiName(surname),
        isSurnameFirst: false,
      },
      office: DEMO_OFFICES[fixed.office] ?? random.pick(DEMO_OFFICES),
      department: DEMO_DEPARTMENTS.find(({ key }) => key === fixed.department) ?? random.pick(DEMO_DEPARTMENTS),
      title: fixed.title,
    }
  }
  const office = DEMO_OFFICES[random.pickWeighted(officeWeights)] ?? random.pick(DEMO_OFFICES)
  const language = office.languages[random.pickWeighted(office.languages.map(([, weight]) => weight))]?.[0] ?? 'en'
  const isFirstHire = index === FIXED.length
  const department = isFirstHire ? executive : DEMO_DEPARTMENTS[random.pickWeighted(departmentWeights)]
  return {
    name: drawName(language, random),
    office,
    department: department ?? random.pick(DEMO_DEPARTMENTS),
    title: null,
  }
}

/** An alias that nobody has yet. Every 211th is a consultant with a `+` in the address. */
function takeAlias(name: DemoName, index: number, taken: Map<string, number>): string {
  const base = `${name.asciiGivenName}.${name.asciiSurname}`
  const count = (taken.get(base) ?? 0) + 1
  taken.set(base, count)
  const alias = count === 1 ? base : `${base}${count}`
  return index % 211 === 100 ? `${alias}+ext` : alias
}

function managerOf(draft: Draft, hierarchy: Hierarchy): DemoPerson | null {
  const head = hierarchy.heads.get(draft.department.key)
  if (head === undefined) return hierarchy.chief
  return hierarchy.leads.get(draft.department.key)?.lead ?? head
}

/** Puts a new hire into the hierarchy: the first of a department leads it, then every tenth leads a team. */
function promote(person: DemoPerson, key: string, hierarchy: Hierarchy): void {
  if (key === 'executive' && hierarchy.chief === null) hierarchy.chief = person
  if (!hierarchy.heads.has(key)) {
    hierarchy.heads.set(key, person)
    return
  }
  const team = hierarchy.leads.get(key)
  if (team === undefined || team.reports >= TEAM_SIZE) hierarchy.leads.set(key, { lead: person, reports: 0 })
  else team.reports += 1
}

function titleOf(draft: Draft, hierarchy: Hierarchy, random: SeededRandom): string {
  const [headTitle, ...titles] = draft.department.titles
  if (draft.title !== null) return draft.title
  return hierarchy.heads.has(draft.department.key) ? random.pick(titles) : headTitle
}

function hire(draft: Draft, alias: string, hierarchy: Hierarchy, random: SeededRandom): DemoPerson {
  const { name, office, department } = draft
  const manager = managerOf(draft, hierarchy)
  const extension = String(random.integer(10_000)).padStart(4, '0')
  const phones: DemoPerson['phones'] = [
    { label: 'BusinessPhone', number: `${office.dialCode} 555 ${extension}` },
    ...(random.next() < 0.6
      ? [{ label: 'MobilePhone' as const, number: `${office.dialCode.split(' ')[0]} 955 5${extension}` }]
      : []),
  ]
  return {
    address: `${alias}@${DEMO_DOMAIN}`,
    displayName: name.isSurnameFirst ? `${name.surname} ${name.givenName}` : `${name.givenName} ${name.surname}`,
    givenName: name.givenName,
    surname: name.surname,
    alias,
    title: titleOf(draft, hierarchy, random),
    department: department.name,
    office: office.name,
    company: DEMO_COMPANY,
    manager: manager?.displayName ?? '',
    managerAddress: manager?.address ?? '',
    phones,
    kind: 'person',
    members: [],
  }
}

/**
 * Makes a plausible company: the same seed and count give the same people, and a smaller organisation is the beginning of
 * a larger one.
 * @param count ordinary mailboxes; rooms, equipment, shared mailboxes and lists come on top
 */
export function createOrganisation(seed: string, count: number): DemoOrganisation {
  const random = createSeededRandom(`${seed}/people`)
  const officeWeights = DEMO_OFFICES.map(({ weight }) => weight)
  const departmentWeights = DEMO_DEPARTMENTS.map(({ weight }) => weight)
  const taken = new Map<string, number>()
  const hierarchy: Hierarchy = { chief: null, heads: new Map(), leads: new Map() }
  const people: DemoPerson[] = []
  for (let index = 0; index < count; index++) {
    const draft = draftPerson(index, random, officeWeights, departmentWeights)
    const person = hire(draft, takeAlias(draft.name, index, taken), hierarchy, random)
    if (index >= FIXED.length) promote(person, draft.department.key, hierarchy)
    people.push(person)
  }
  people.push(...createResources(seed, people))
  const byAddress = new Map(people.map((person) => [person.address, person]))
  return { people, find: (address) => byAddress.get(address.trim().toLowerCase()) ?? null }
}
