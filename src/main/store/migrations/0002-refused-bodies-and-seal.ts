import type { Migration } from './migration.ts'

/**
 * Bodies that were refused while a good picture is held; ETags that lied; and encryption: `is_sealed` says of each picture's
 * bytes whether they are encrypted, `seal` holds what the key is recognised by, and whether new bytes are to be encrypted.
 */
export const refusedBodiesAndSeal: Migration = {
  version: 2,
  name: 'refused-bodies-and-seal',
  sql: `
    ALTER TABLE photo ADD COLUMN is_etag_trusted INTEGER NOT NULL DEFAULT 1 CHECK (is_etag_trusted IN (0, 1));

    CREATE TABLE refused_body (
      mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
      size_px INTEGER NOT NULL,
      picture_id INTEGER NOT NULL REFERENCES picture (id),
      content_type TEXT,
      etag TEXT,
      at_ms INTEGER NOT NULL,
      PRIMARY KEY (mailbox_id, size_px)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX refused_body_picture ON refused_body (picture_id);

    ALTER TABLE picture_bytes ADD COLUMN is_sealed INTEGER NOT NULL DEFAULT 0 CHECK (is_sealed IN (0, 1));

    CREATE INDEX picture_bytes_sealed ON picture_bytes (is_sealed);

    CREATE TABLE seal (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      is_on INTEGER NOT NULL CHECK (is_on IN (0, 1)),
      key_check BLOB NOT NULL
    ) STRICT;
  `,
}
