import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import type { MailboxKind, Person } from '../../shared/people.ts'
import { personSchema } from '../../shared/people.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { PeopleRepository } from '../core/people/ports.ts'
import type { Guard } from './guard.ts'
import { createMailboxKeys } from './mailbox-keys.ts'

/** A row of `person`. STRICT tables vouch for the types. */
interface PersonRow {
  readonly mailbox_id: number
  readonly address: SmtpAddress
  readonly display_name: string
  readonly given_name: string
  readonly surname: string
  readonly alias: string
  readonly title: string
  readonly department: string
  readonly office: string
  readonly company: string
  readonly manager: string
  readonly phones: string
  readonly kind: MailboxKind
}

/** Columns of plain text, and the person's facts that they hold. */
const TEXT_COLUMNS = {
  given_name: 'givenName',
  surname: 'surname',
  alias: 'alias',
  title: 'title',
  department: 'department',
  office: 'office',
  company: 'company',
  manager: 'manager',
} as const satisfies Record<string, keyof Person>

/** Rows read at once while going through everybody. */
const PAGE_ROWS = 2_000

const SELECT_PERSON = `
  SELECT mailbox_id, address, display_name, given_name, surname, alias, title, department, office, company, manager, phones, kind
  FROM person JOIN mailbox ON mailbox.id = person.mailbox_id`

/** People in SQLite. */
export function createPeopleRepository(db: Database, guard: Guard): PeopleRepository {
  const find = db.prepare<[SmtpAddress], PersonRow>(`${SELECT_PERSON} WHERE address = ?`)
  const page = db.prepare<[number, number], PersonRow>(
    `${SELECT_PERSON} WHERE mailbox_id > ? ORDER BY mailbox_id LIMIT ?`,
  )
  const count = db.prepare<[], number>('SELECT count(*) FROM person').pluck()
  const readState = db.prepare<[], { is_complete: 0 | 1; ended_ms: number; requests: number }>(
    'SELECT is_complete, ended_ms, requests FROM directory_read',
  )
  const writeState = db.prepare<[number, number, number]>(
    'INSERT OR REPLACE INTO directory_read (id, is_complete, ended_ms, requests) VALUES (1, ?, ?, ?)',
  )
  const save = createPeopleWriter(db)

  return {
    find: (address) =>
      guard('people.find', () => {
        const row = find.get(address)
        return row === undefined ? null : toPerson(row)
      }),
    count: () => guard('people.count', () => count.get() ?? 0),
    *iterateAll() {
      let lastId = 0
      while (true) {
        const rows = guard('people.iterateAll', () => page.all(lastId, PAGE_ROWS))
        for (const row of rows) yield toPerson(row)
        lastId = rows.at(-1)?.mailbox_id ?? lastId
        if (rows.length < PAGE_ROWS) return
      }
    },
    save: (people, atMs) => guard('people.save', () => save(people, atMs)),
    readDirectoryState: () =>
      guard('people.readDirectoryState', () => {
        const row = readState.get()
        return row === undefined
          ? null
          : { isComplete: row.is_complete === 1, endedMs: row.ended_ms, requests: row.requests }
      }),
    saveDirectoryState: ({ isComplete, endedMs, requests }) =>
      guard('people.saveDirectoryState', () => writeState.run(Number(isComplete), endedMs, requests)),
  }
}

/**
 * A later entry replaces facts, but an empty one never replaces a known one; a name that is only the address counts as
 * empty, and so does the kind `person`, which is also said of what the directory does not tell apart.
 */
function createPeopleWriter(db: Database): (people: readonly Person[], atMs: number) => { added: number } {
  const mailboxIdOf = createMailboxKeys(db)
  const isKnown = db.prepare<[number], 1>('SELECT 1 FROM person WHERE mailbox_id = ?').pluck()
  const kept = Object.keys(TEXT_COLUMNS).map(
    (column) => `${column} = iif(excluded.${column} = '', ${column}, excluded.${column})`,
  )
  const upsert = db.prepare<[Record<string, string | number>]>(`
    INSERT INTO person (mailbox_id, display_name, ${Object.keys(TEXT_COLUMNS).join(', ')}, phones, kind, first_seen_ms, last_seen_ms)
    VALUES (@mailboxId, @displayName, ${Object.values(TEXT_COLUMNS)
      .map((fact) => `@${fact}`)
      .join(', ')}, @phones, @kind, @atMs, @atMs)
    ON CONFLICT DO UPDATE SET
      display_name = iif(excluded.display_name = '' OR lower(excluded.display_name) = @address, display_name, excluded.display_name),
      ${kept.join(', ')},
      phones = iif(excluded.phones = '[]', phones, excluded.phones),
      kind = iif(excluded.kind = 'person', kind, excluded.kind),
      last_seen_ms = max(last_seen_ms, excluded.last_seen_ms)`)
  const save = db.transaction((people: readonly Person[], atMs: number) => {
    let added = 0
    for (const person of people) {
      const mailboxId = mailboxIdOf(person.address)
      if (isKnown.get(mailboxId) === undefined) added += 1
      upsert.run({ ...person, phones: JSON.stringify(person.phones), mailboxId, atMs })
    }
    return { added }
  })
  return (people, atMs) => save.immediate(people, atMs)
}

function toPerson(row: PersonRow): Person {
  return {
    address: row.address,
    displayName: row.display_name,
    givenName: row.given_name,
    surname: row.surname,
    alias: row.alias,
    title: row.title,
    department: row.department,
    office: row.office,
    company: row.company,
    manager: row.manager,
    phones: row.phones === '[]' ? [] : phonesJson.parse(row.phones),
    kind: row.kind,
  }
}

const phonesJson = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(personSchema.shape.phones)
