import type { Migration } from './migration.ts'

/**
 * What the window showed first the last time: the question, and its answer; both are JSON. And an index by which people are
 * counted: without it SQLite reads everything that is known of them, 20 MB of 100,000.
 */
export const openingScreen: Migration = {
  version: 7,
  name: 'opening-screen',
  sql: `
    CREATE TABLE opening_screen (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      question TEXT NOT NULL,
      answer TEXT NOT NULL
    ) STRICT;

    CREATE INDEX person_kind ON person (kind);
  `,
}
