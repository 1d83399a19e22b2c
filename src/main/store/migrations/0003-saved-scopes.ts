import type { Migration } from './migration.ts'

/**
 * Scopes that a person keeps. `definition` is JSON, validated when it is read; the people of a list are rows, so that
 * somebody who is forgotten is gone from every list.
 */
export const savedScopes: Migration = {
  version: 3,
  name: 'saved-scopes',
  sql: `
    CREATE TABLE scope (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      definition TEXT NOT NULL,
      saved_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE scope_member (
      scope_id TEXT NOT NULL REFERENCES scope (id) ON DELETE CASCADE,
      mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
      place INTEGER NOT NULL,
      PRIMARY KEY (scope_id, mailbox_id)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX scope_member_mailbox ON scope_member (mailbox_id);`,
}
