import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { scopeDefinitionSchema } from '../../shared/scopes.ts'
import type { KeptScope, ScopeRepository } from '../core/people/ports.ts'
import type { Guard } from './guard.ts'

interface ScopeRow {
  readonly id: string
  readonly name: string
  readonly definition: string
}

/** Saved scopes in SQLite. */
export function createScopeRepository(db: Database, guard: Guard): ScopeRepository {
  const list = db.prepare<[], ScopeRow>('SELECT id, name, definition FROM scope ORDER BY name, id')
  const find = db.prepare<[string], ScopeRow>('SELECT id, name, definition FROM scope WHERE id = ?')
  const insert = db.prepare<[string, string, string, number]>(
    'INSERT INTO scope (id, name, definition, saved_ms) VALUES (?, ?, ?, ?)',
  )
  const rename = db.prepare<[string, string]>('UPDATE scope SET name = ? WHERE id = ?')
  const remove = db.prepare<[string]>('DELETE FROM scope WHERE id = ?')
  const read = (id: string) => {
    const row = find.get(id)
    return row === undefined ? null : toScope(row)
  }
  return {
    list: () => guard('scopes.list', () => list.all().map(toScope)),
    find: (id) => guard('scopes.find', () => read(id)),
    save(name, definition, atMs) {
      const id = randomUUID()
      guard('scopes.save', () => insert.run(id, name, JSON.stringify(definition), atMs))
      return { id, name, definition }
    },
    rename: (id, name) =>
      guard('scopes.rename', () => {
        rename.run(name, id)
        return read(id)
      }),
    remove: (id) => guard('scopes.remove', () => remove.run(id).changes > 0),
  }
}

const definitionJson = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(scopeDefinitionSchema)

function toScope({ id, name, definition }: ScopeRow): KeptScope {
  return { id, name, definition: definitionJson.parse(definition) }
}
