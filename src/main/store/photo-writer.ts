import type { Database } from 'better-sqlite3'
import { sizeCodePx } from '../../shared/size-codes.ts'
import type { PhotoChange } from '../core/photos/ports.ts'
import { toUrlTemplate } from './asked-url.ts'
import { createMailboxKeys } from './mailbox-keys.ts'
import type { PictureShelf } from './picture-shelf.ts'

type Change<Kind extends PhotoChange['kind']> = Extract<PhotoChange, { kind: Kind }>

/** What a photo is before a change. */
interface Before {
  readonly verdict: 'photo' | 'absent' | null
  readonly picture_id: number | null
  readonly first_seen_ms: number | null
  readonly changed_ms: number | null
}

/** A verdict as it is written. */
interface Verdict {
  readonly mailboxId: number
  readonly sizePx: number
  readonly verdict: 'photo' | 'absent'
  readonly pictureId: number | null
  readonly etag: string | null
  readonly contentType: string | null
  readonly firstSeenMs: number | null
  readonly changedMs: number
  readonly atMs: number
  readonly status: number
  readonly urlId: number
  readonly freshUntilMs: number | null
}

const NOTHING_BEFORE: Before = { verdict: null, picture_id: null, first_seen_ms: null, changed_ms: null }

/** Makes the function that writes one change; to be called in a transaction. */
export function createPhotoWriter(db: Database, pictures: PictureShelf): (change: PhotoChange) => void {
  const mailboxIdOf = createMailboxKeys(db)
  const sql = prepareStatements(db)

  function urlIdOf({ askedUrl, address, sizeCode }: PhotoChange): number {
    const template = toUrlTemplate(askedUrl, address, sizeCode)
    return sql.findUrl.get(template) ?? Number(sql.insertUrl.run(template).lastInsertRowid)
  }

  /** A picture that is no longer the photo leaves a line; one that comes back begins anew. */
  function remember(before: Before, mailboxId: number, sizePx: number, atMs: number): void {
    if (before.picture_id === null) return
    sql.insertHistory.run(mailboxId, sizePx, before.picture_id, before.changed_ms ?? atMs, atMs)
  }

  function writeVerdict(change: Change<'photo'> | Change<'absent'>, mailboxId: number, before: Before): void {
    const sizePx = sizeCodePx(change.sizeCode)
    const pictureId = change.kind === 'photo' ? pictures.keep(change.picture) : null
    const isSame = before.verdict === change.kind && before.picture_id === pictureId
    if (!isSame) remember(before, mailboxId, sizePx, change.atMs)
    sql.upsertVerdict.run({
      mailboxId,
      sizePx,
      verdict: change.kind,
      pictureId,
      etag: change.kind === 'photo' ? change.etag : null,
      contentType: change.kind === 'photo' ? change.contentType : null,
      firstSeenMs: before.first_seen_ms ?? (change.kind === 'photo' ? change.atMs : null),
      changedMs: isSame ? (before.changed_ms ?? change.atMs) : change.atMs,
      atMs: change.atMs,
      status: change.kind === 'photo' ? 200 : 404,
      urlId: urlIdOf(change),
      freshUntilMs: change.kind === 'photo' ? change.freshUntilMs : null,
    })
  }

  return (change) => {
    const mailboxId = mailboxIdOf(change.address)
    const sizePx = sizeCodePx(change.sizeCode)
    switch (change.kind) {
      case 'photo':
      case 'absent':
        return writeVerdict(change, mailboxId, sql.findBefore.get(mailboxId, sizePx) ?? NOTHING_BEFORE)
      case 'not-modified':
        sql.confirm.run(change.atMs, urlIdOf(change), change.freshUntilMs, mailboxId, sizePx)
        return
      case 'failed': {
        const failure = JSON.stringify(change.error)
        sql.upsertFailure.run(mailboxId, sizePx, change.atMs, change.status, urlIdOf(change), failure)
        return
      }
    }
  }
}

function prepareStatements(db: Database) {
  return {
    findUrl: db.prepare<[string], number>('SELECT id FROM asked_url WHERE template = ?').pluck(),
    insertUrl: db.prepare<[string]>('INSERT INTO asked_url (template) VALUES (?)'),
    findBefore: db.prepare<[number, number], Before>(
      'SELECT verdict, picture_id, first_seen_ms, changed_ms FROM photo WHERE mailbox_id = ? AND size_px = ?',
    ),
    insertHistory: db.prepare<[number, number, number, number, number]>(
      'INSERT INTO photo_history (mailbox_id, size_px, picture_id, from_ms, until_ms) VALUES (?, ?, ?, ?, ?)',
    ),
    upsertVerdict: db.prepare<[Verdict]>(`
      INSERT INTO photo (mailbox_id, size_px, verdict, picture_id, etag, content_type, first_seen_ms, changed_ms,
        verdict_ms, verdict_status, verdict_url_id, fresh_until_ms)
      VALUES (@mailboxId, @sizePx, @verdict, @pictureId, @etag, @contentType, @firstSeenMs, @changedMs,
        @atMs, @status, @urlId, @freshUntilMs)
      ON CONFLICT DO UPDATE SET verdict = excluded.verdict, picture_id = excluded.picture_id, etag = excluded.etag,
        content_type = excluded.content_type, first_seen_ms = excluded.first_seen_ms, changed_ms = excluded.changed_ms,
        verdict_ms = excluded.verdict_ms, verdict_status = excluded.verdict_status,
        verdict_url_id = excluded.verdict_url_id, fresh_until_ms = excluded.fresh_until_ms,
        failure_ms = NULL, failure_status = NULL, failure_url_id = NULL, failure = NULL`),
    // A 304 confirms a verdict that is held; where none is, there is nothing to confirm.
    confirm: db.prepare<[number, number, number | null, number, number]>(`
      UPDATE photo SET verdict_ms = ?, verdict_status = 304, verdict_url_id = ?, fresh_until_ms = ?,
        failure_ms = NULL, failure_status = NULL, failure_url_id = NULL, failure = NULL
      WHERE mailbox_id = ? AND size_px = ? AND verdict = 'photo'`),
    upsertFailure: db.prepare<[number, number, number, number | null, number, string]>(`
      INSERT INTO photo (mailbox_id, size_px, failure_ms, failure_status, failure_url_id, failure)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET failure_ms = excluded.failure_ms, failure_status = excluded.failure_status,
        failure_url_id = excluded.failure_url_id, failure = excluded.failure`),
  }
}
