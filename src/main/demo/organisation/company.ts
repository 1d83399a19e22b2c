import type { NameLanguage } from './name-pools.ts'

/** The company's mail domain; `.example` never resolves (RFC 2606). */
export const DEMO_DOMAIN = 'fjordline.example'
/** Host of EWS. */
export const DEMO_MAIL_HOST = `mail.${DEMO_DOMAIN}`
/** Host of Autodiscover. */
export const DEMO_AUTODISCOVER_HOST = `autodiscover.${DEMO_DOMAIN}`
/** NetBIOS name of the Windows domain. */
export const DEMO_NETBIOS_DOMAIN = 'FJORDLINE'
export const DEMO_COMPANY = 'Fjordline'

/** A place of work: how many work there in proportion, and which languages their names come from. */
export interface DemoOffice {
  readonly name: string
  readonly dialCode: string
  readonly weight: number
  readonly languages: readonly (readonly [NameLanguage, number])[]
}

export const DEMO_OFFICES: readonly DemoOffice[] = [
  {
    name: 'Bergen',
    dialCode: '+47 55',
    weight: 22,
    languages: [
      ['nb', 16],
      ['sv', 2],
      ['en', 2],
      ['pl', 2],
      ['ar', 1],
    ],
  },
  {
    name: 'Oslo',
    dialCode: '+47 22',
    weight: 14,
    languages: [
      ['nb', 12],
      ['da', 2],
      ['sv', 2],
      ['uk', 1],
      ['tr', 1],
    ],
  },
  {
    name: 'Göteborg',
    dialCode: '+46 31',
    weight: 10,
    languages: [
      ['sv', 12],
      ['fi', 2],
      ['ar', 2],
      ['en', 1],
    ],
  },
  {
    name: 'Helsinki',
    dialCode: '+358 9',
    weight: 10,
    languages: [
      ['fi', 14],
      ['sv', 3],
      ['ru', 2],
      ['en', 1],
    ],
  },
  {
    name: 'København',
    dialCode: '+45 33',
    weight: 7,
    languages: [
      ['da', 12],
      ['de', 1],
      ['sv', 1],
    ],
  },
  {
    name: 'Hamburg',
    dialCode: '+49 40',
    weight: 9,
    languages: [
      ['de', 12],
      ['tr', 3],
      ['pl', 1],
    ],
  },
  {
    name: 'Le Havre',
    dialCode: '+33 2',
    weight: 5,
    languages: [
      ['fr', 12],
      ['ar', 2],
      ['es', 1],
    ],
  },
  {
    name: 'Gdańsk',
    dialCode: '+48 58',
    weight: 6,
    languages: [
      ['pl', 14],
      ['uk', 2],
      ['cs', 1],
    ],
  },
  {
    name: 'Liverpool',
    dialCode: '+44 151',
    weight: 5,
    languages: [
      ['en', 14],
      ['pl', 1],
      ['zh', 1],
    ],
  },
  {
    name: 'Genova',
    dialCode: '+39 010',
    weight: 3,
    languages: [
      ['it', 12],
      ['es', 1],
    ],
  },
  {
    name: 'Πειραιάς',
    dialCode: '+30 21',
    weight: 3,
    languages: [
      ['el', 14],
      ['en', 1],
    ],
  },
  {
    name: 'İstanbul',
    dialCode: '+90 212',
    weight: 3,
    languages: [
      ['tr', 14],
      ['el', 1],
    ],
  },
  {
    name: 'Haifa',
    dialCode: '+972 4',
    weight: 2,
    languages: [
      ['he', 12],
      ['ar', 3],
      ['ru', 2],
    ],
  },
  {
    name: 'Dubai',
    dialCode: '+971 4',
    weight: 2,
    languages: [
      ['ar', 12],
      ['en', 3],
    ],
  },
  {
    name: '上海',
    dialCode: '+86 21',
    weight: 3,
    languages: [
      ['zh', 14],
      ['en', 1],
    ],
  },
  {
    name: '東京',
    dialCode: '+81 3',
    weight: 2,
    languages: [
      ['ja', 14],
      ['en', 1],
    ],
  },
  {
    name: '부산',
    dialCode: '+82 51',
    weight: 2,
    languages: [
      ['ko', 14],
      ['en', 1],
    ],
  },
]

/** A department: its size in proportion, and what people there are called. The first title is the head's. */
export interface DemoDepartment {
  readonly name: string
  readonly key: string
  readonly weight: number
  readonly titles: readonly [string, string, ...string[]]
}

export const DEMO_DEPARTMENTS: readonly DemoDepartment[] = [
  {
    name: 'Fleet Operations',
    key: 'fleet',
    weight: 20,
    titles: ['VP Fleet Operations', 'Fleet planner', 'Marine superintendent', 'Operations controller', 'Duty officer'],
  },
  {
    name: 'Port Services',
    key: 'ports',
    weight: 16,
    titles: ['Head of Port Services', 'Port agent', 'Terminal coordinator', 'Shift supervisor', 'Berth planner'],
  },
  {
    name: 'Customer Care',
    key: 'care',
    weight: 13,
    titles: ['Head of Customer Care', 'Customer adviser', 'Claims adviser', 'Booking adviser'],
  },
  {
    name: 'Cargo & Logistics',
    key: 'cargo',
    weight: 12,
    titles: ['VP Cargo', 'Freight forwarder', 'Customs specialist', 'Logistics planner', 'Cargo analyst'],
  },
  {
    name: 'Engineering',
    key: 'engineering',
    weight: 11,
    titles: ['Chief engineer', 'Naval architect', 'Mechanical engineer', 'Electrical engineer', 'Automation engineer'],
  },
  {
    name: 'IT',
    key: 'it',
    weight: 8,
    titles: ['CIO', 'Helpdesk specialist', 'System administrator', 'Software developer', 'Network engineer'],
  },
  {
    name: 'Sales',
    key: 'sales',
    weight: 8,
    titles: ['VP Sales', 'Key account manager', 'Sales representative', 'Sales analyst'],
  },
  {
    name: 'Finance',
    key: 'finance',
    weight: 6,
    titles: ['CFO', 'Accountant', 'Controller', 'Payroll specialist', 'Treasury analyst'],
  },
  {
    name: 'Human Resources',
    key: 'hr',
    weight: 4,
    titles: ['Head of HR', 'HR partner', 'Recruiter', 'Learning specialist'],
  },
  { name: 'Procurement', key: 'procurement', weight: 4, titles: ['Head of Procurement', 'Buyer', 'Category manager'] },
  {
    name: 'Safety & Environment',
    key: 'safety',
    weight: 3,
    titles: ['Head of Safety', 'Safety adviser', 'Environmental engineer'],
  },
  {
    name: 'Marketing & Communications',
    key: 'marketing',
    weight: 3,
    titles: ['CMO', 'Content editor', 'Designer', 'Campaign manager'],
  },
  { name: 'Research', key: 'research', weight: 2, titles: ['Head of Research', 'Data scientist', 'Research engineer'] },
  { name: 'Legal', key: 'legal', weight: 1.5, titles: ['General counsel', 'Legal adviser', 'Paralegal'] },
  { name: 'Executive Office', key: 'executive', weight: 0.5, titles: ['CEO', 'Executive assistant', 'Chief of staff'] },
]
