import BetterSqlite from 'better-sqlite3'

/**
 * Writes a library as the first released schema left it, with one person, one photo, one earlier photo and a failed attempt.
 * Frozen: it does not use the migration, so that an edit of a released step shows. Later steps are tested on such files.
 */
export function writeLibraryV1(file: string): void {
  const db = new BetterSqlite(file)
  db.pragma('auto_vacuum = INCREMENTAL')
  db.pragma('application_id = 0x526f6c6c')
  db.pragma('journal_mode = WAL')
  db.exec(SCHEMA)
  db.exec(ROWS)
  db.pragma('user_version = 1')
  db.close()
}

const SCHEMA = `
  CREATE TABLE mailbox (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE person (mailbox_id INTEGER PRIMARY KEY REFERENCES mailbox (id) ON DELETE CASCADE, display_name TEXT NOT NULL,
    given_name TEXT NOT NULL, surname TEXT NOT NULL, alias TEXT NOT NULL, title TEXT NOT NULL, department TEXT NOT NULL,
    office TEXT NOT NULL, company TEXT NOT NULL, manager TEXT NOT NULL, phones TEXT NOT NULL, kind TEXT NOT NULL,
    first_seen_ms INTEGER NOT NULL, last_seen_ms INTEGER NOT NULL) STRICT;
  CREATE TABLE directory_read (id INTEGER PRIMARY KEY CHECK (id = 1), is_complete INTEGER NOT NULL, ended_ms INTEGER NOT NULL,
    requests INTEGER NOT NULL) STRICT;
  CREATE TABLE picture (id INTEGER PRIMARY KEY, content_hash BLOB NOT NULL UNIQUE, bytes INTEGER NOT NULL, format TEXT NOT NULL,
    width_px INTEGER, height_px INTEGER, is_decodable INTEGER NOT NULL, has_location INTEGER NOT NULL) STRICT;
  CREATE TABLE picture_bytes (picture_id INTEGER PRIMARY KEY REFERENCES picture (id) ON DELETE CASCADE, bytes BLOB NOT NULL) STRICT;
  CREATE TABLE asked_url (id INTEGER PRIMARY KEY, template TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE photo (mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE, size_px INTEGER NOT NULL, verdict TEXT,
    picture_id INTEGER REFERENCES picture (id), etag TEXT, content_type TEXT, first_seen_ms INTEGER, changed_ms INTEGER,
    verdict_ms INTEGER, verdict_status INTEGER, verdict_url_id INTEGER REFERENCES asked_url (id), fresh_until_ms INTEGER,
    failure_ms INTEGER, failure_status INTEGER, failure_url_id INTEGER REFERENCES asked_url (id), failure TEXT,
    PRIMARY KEY (mailbox_id, size_px)) STRICT, WITHOUT ROWID;
  CREATE INDEX photo_picture ON photo (picture_id) WHERE picture_id IS NOT NULL;
  CREATE TABLE photo_history (id INTEGER PRIMARY KEY, mailbox_id INTEGER NOT NULL REFERENCES mailbox (id) ON DELETE CASCADE,
    size_px INTEGER NOT NULL, picture_id INTEGER NOT NULL REFERENCES picture (id), from_ms INTEGER NOT NULL,
    until_ms INTEGER NOT NULL) STRICT;
  CREATE INDEX photo_history_mailbox ON photo_history (mailbox_id, size_px, until_ms);
  CREATE INDEX photo_history_picture ON photo_history (picture_id);
  CREATE INDEX photo_history_until ON photo_history (until_ms);`

/** The pictures are the ASCII texts `first` and `second`. */
const ROWS = `
  INSERT INTO mailbox VALUES (1, 'anna.berg@fjordline.example');
  INSERT INTO person VALUES (1, 'Anna Berg', 'Anna', 'Berg', 'aberg', 'Engineer', 'Design', 'Oslo', 'Fjordline', '',
    '[{"label":"Business","number":"+47 1"}]', 'person', 1000, 2000);
  INSERT INTO directory_read VALUES (1, 1, 3000, 42);
  INSERT INTO picture VALUES (1, x'a7937b64b8caa58f03721bb6bacf5c78cb235febe0e70b1b84cd99541461a08e', 5, 'jpeg', 48, 48, 1, 0);
  INSERT INTO picture VALUES (2, x'16367aacb67a4a017c8da8ab95682ccb390863780f7114dda0a0e0c55644c7c4', 6, 'jpeg', 96, 96, 1, 1);
  INSERT INTO picture_bytes VALUES (1, CAST('first' AS BLOB)), (2, CAST('second' AS BLOB));
  INSERT INTO asked_url VALUES (1, 'https://mail.fjordline.example/EWS/Exchange.asmx/s/GetUserPhoto?email={email}&size={size}');
  INSERT INTO photo VALUES (1, 96, 'photo', 2, '"e2"', 'image/jpeg', 1000, 2000, 2000, 200, 1, NULL, 2500, 503, 1,
    '{"code":"throttled","endpoint":"https://mail.fjordline.example","retryAfterMs":1000}');
  INSERT INTO photo_history VALUES (1, 1, 96, 1, 1000, 2000);`
