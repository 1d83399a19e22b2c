import type { Migration } from './migration.ts'

/**
 * What a sync is about, kept until it has come to its end, so that it can go on after a crash. What is done of it is not here:
 * every verdict has its time. `refresh` is when the scheduled refresh was last tried, and when it last came to its end.
 */
export const syncPlans: Migration = {
  version: 5,
  name: 'sync-plans',
  sql: `
    CREATE TABLE sync_plan (
      id TEXT PRIMARY KEY,
      kind TEXT NOT NULL,
      ask TEXT NOT NULL,
      sizes_px TEXT NOT NULL,
      started_ms INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE sync_plan_member (
      plan_id TEXT NOT NULL REFERENCES sync_plan (id) ON DELETE CASCADE,
      mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
      PRIMARY KEY (plan_id, mailbox_id)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX sync_plan_member_mailbox ON sync_plan_member (mailbox_id);

    CREATE TABLE refresh (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      tried_ms INTEGER NOT NULL,
      ended_ms INTEGER
    ) STRICT;
  `,
}
