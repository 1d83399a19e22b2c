import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { type ScopeDefinition, scopeDefinitionSchema } from '../../shared/scopes.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { KeptScope, ScopeRepository } from '../core/people/ports.ts'
import type { Guard } from './guard.ts'
import { createMailboxKeys } from './mailbox-keys.ts'

interface ScopeRow {
  readonly id: string
  readonly name: string
  readonly definition: string
}

/** Saved scopes in SQLite. */
export function createScopeRepository(db: Database, guard: Guard): ScopeRepository {
  const sql = prepareStatements(db)
  const mailboxIdOf = createMailboxKeys(db)
  const toScope = ({ id, name, definition }: ScopeRow): KeptScope => {
    const kept = definitionJson.parse(definition)
    return { id, name, definition: kept.kind === 'search' ? kept : { ...kept, addresses: sql.members.all(id) } }
  }
  const read = (id: string) => {
    const row = sql.find.get(id)
    return row === undefined ? null : toScope(row)
  }
  const save = db.transaction((id: string, name: string, definition: ScopeDefinition, atMs: number) => {
    const addresses = definition.kind === 'addresses' ? definition.addresses : []
    const facts = definition.kind === 'addresses' ? { ...definition, addresses: [] } : definition
    sql.insert.run(id, name, JSON.stringify(facts), atMs)
    for (const [place, address] of addresses.entries()) sql.insertMember.run(id, mailboxIdOf(address), place)
  })
  return {
    list: () => guard('scopes.list', () => sql.list.all().map(toScope)),
    find: (id) => guard('scopes.find', () => read(id)),
    save(name, definition, atMs) {
      const id = randomUUID()
      guard('scopes.save', () => save.immediate(id, name, definition, atMs))
      return { id, name, definition }
    },
    rename: (id, name) =>
      guard('scopes.rename', () => {
        sql.rename.run(name, id)
        return read(id)
      }),
    remove: (id) => guard('scopes.remove', () => sql.remove.run(id).changes > 0),
  }
}

function prepareStatements(db: Database) {
  return {
    list: db.prepare<[], ScopeRow>('SELECT id, name, definition FROM scope ORDER BY name, id'),
    find: db.prepare<[string], ScopeRow>('SELECT id, name, definition FROM scope WHERE id = ?'),
    members: db
      .prepare<[string], SmtpAddress>(
        `SELECT address FROM scope_member JOIN mailbox ON mailbox.id = scope_member.mailbox_id
         WHERE scope_id = ? ORDER BY place`,
      )
      .pluck(),
    insert: db.prepare<[string, string, string, number]>(
      'INSERT INTO scope (id, name, definition, saved_ms) VALUES (?, ?, ?, ?)',
    ),
    insertMember: db.prepare<[string, number, number]>(
      'INSERT OR IGNORE INTO scope_member (scope_id, mailbox_id, place) VALUES (?, ?, ?)',
    ),
    rename: db.prepare<[string, string]>('UPDATE scope SET name = ? WHERE id = ?'),
    remove: db.prepare<[string]>('DELETE FROM scope WHERE id = ?'),
  }
}

const definitionJson = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(scopeDefinitionSchema)
