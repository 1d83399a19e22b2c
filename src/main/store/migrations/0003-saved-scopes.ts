import type { Migration } from './migration.ts'

/** Scopes that a person keeps. `definition` is JSON, validated when it is read: a list of addresses, or a search. */
export const savedScopes: Migration = {
  version: 3,
  name: 'saved-scopes',
  sql: `
    CREATE TABLE scope (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      definition TEXT NOT NULL,
      saved_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;`,
}
