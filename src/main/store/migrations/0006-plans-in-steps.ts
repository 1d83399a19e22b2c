import type { Migration } from './migration.ts'

/**
 * A sync of 100,000 people is written and removed in steps, so that nobody waits for it: `state` says which plans are whole
 * (`kept`), still being written (`beginning`) or being removed (`over`). Members name their plan by a number: the text was
 * written twice for each of them.
 */
export const plansInSteps: Migration = {
  version: 6,
  name: 'plans-in-steps',
  sql: `
    CREATE TABLE numbered_plan (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      ask TEXT NOT NULL,
      sizes_px TEXT NOT NULL,
      started_ms INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('beginning', 'kept', 'over'))
    ) STRICT;

    INSERT INTO numbered_plan (id, kind, ask, sizes_px, started_ms, state)
    SELECT id, kind, ask, sizes_px, started_ms, 'kept' FROM sync_plan;

    CREATE TABLE sync_plan_mailbox (
      plan INTEGER NOT NULL REFERENCES numbered_plan (number) ON DELETE CASCADE,
      mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
      PRIMARY KEY (plan, mailbox_id)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO sync_plan_mailbox (plan, mailbox_id)
    SELECT number, mailbox_id FROM sync_plan_member JOIN numbered_plan ON id = plan_id;

    CREATE INDEX sync_plan_mailbox_mailbox ON sync_plan_mailbox (mailbox_id);

    DROP TABLE sync_plan_member;
    DROP TABLE sync_plan;
    ALTER TABLE numbered_plan RENAME TO sync_plan;
  `,
}
