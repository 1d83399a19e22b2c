import type { Migration } from './migration.ts'

/**
 * The first schema. Times are `…_ms` since 1970. A size code is its side in px. A picture's facts are apart from its bytes, so
 * that reading all facts at the start does not page through the bytes. `photo` holds the last verdict (`verdict_…`) and, apart
 * from it, the last attempt if that failed (`failure_…`): a failure never overwrites a verdict.
 */
export const peopleAndPhotos: Migration = {
  version: 1,
  name: 'people-and-photos',
  sql: `
    CREATE TABLE mailbox (
      id INTEGER PRIMARY KEY,
      address TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE person (
      mailbox_id INTEGER PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE,
      display_name TEXT NOT NULL,
      given_name TEXT NOT NULL,
      surname TEXT NOT NULL,
      alias TEXT NOT NULL,
      title TEXT NOT NULL,
      department TEXT NOT NULL,
      office TEXT NOT NULL,
      company TEXT NOT NULL,
      manager TEXT NOT NULL,
      phones TEXT NOT NULL,
      kind TEXT NOT NULL,
      first_seen_ms INTEGER NOT NULL,
      last_seen_ms INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE directory_read (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      is_complete INTEGER NOT NULL CHECK (is_complete IN (0, 1)),
      ended_ms INTEGER NOT NULL,
      requests INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE picture (
      id INTEGER PRIMARY KEY,
      content_hash BLOB NOT NULL UNIQUE CHECK (length(content_hash) = 32),
      bytes INTEGER NOT NULL,
      format TEXT NOT NULL,
      width_px INTEGER,
      height_px INTEGER,
      is_decodable INTEGER NOT NULL CHECK (is_decodable IN (0, 1)),
      has_location INTEGER NOT NULL CHECK (has_location IN (0, 1))
    ) STRICT;

    CREATE TABLE picture_bytes (
      picture_id INTEGER PRIMARY KEY REFERENCES picture (id) ON DELETE CASCADE,
      bytes BLOB NOT NULL
    ) STRICT;

    CREATE TABLE asked_url (
      id INTEGER PRIMARY KEY,
      template TEXT NOT NULL UNIQUE
    ) STRICT;

    CREATE TABLE photo (
      mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
      size_px INTEGER NOT NULL,
      verdict TEXT CHECK (verdict IN ('photo', 'absent')),
      picture_id INTEGER REFERENCES picture (id),
      etag TEXT,
      content_type TEXT,
      first_seen_ms INTEGER,
      changed_ms INTEGER,
      verdict_ms INTEGER,
      verdict_status INTEGER,
      verdict_url_id INTEGER REFERENCES asked_url (id),
      fresh_until_ms INTEGER,
      failure_ms INTEGER,
      failure_status INTEGER,
      failure_url_id INTEGER REFERENCES asked_url (id),
      failure TEXT,
      PRIMARY KEY (mailbox_id, size_px),
      CHECK ((verdict IS 'photo') = (picture_id IS NOT NULL)),
      CHECK ((verdict IS NULL) = (verdict_ms IS NULL)),
      CHECK ((failure IS NULL) = (failure_ms IS NULL))
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX photo_picture ON photo (picture_id) WHERE picture_id IS NOT NULL;

    CREATE TABLE photo_history (
      id INTEGER PRIMARY KEY,
      mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
      size_px INTEGER NOT NULL,
      picture_id INTEGER NOT NULL REFERENCES picture (id),
      from_ms INTEGER NOT NULL,
      until_ms INTEGER NOT NULL
    ) STRICT;

    CREATE INDEX photo_history_mailbox ON photo_history (mailbox_id, size_px, until_ms);
    CREATE INDEX photo_history_picture ON photo_history (picture_id);
    CREATE INDEX photo_history_until ON photo_history (until_ms);
  `,
}
