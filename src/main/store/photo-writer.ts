import type { Database } from 'better-sqlite3'
import type { SoapPhotoAnswer } from '../../shared/photos.ts'
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
  readonly etag: string | null
  readonly is_etag_trusted: 0 | 1
}

/** A verdict as it is written. */
interface Verdict {
  readonly mailboxId: number
  readonly sizePx: number
  readonly verdict: 'photo' | 'absent'
  readonly pictureId: number | null
  readonly etag: string | null
  readonly isEtagTrusted: 0 | 1
  readonly contentType: string | null
  readonly firstSeenMs: number | null
  readonly changedMs: number
  readonly atMs: number
  readonly status: number | null
  readonly urlId: number
  readonly requestId: string | null
  readonly soapAnswer: SoapPhotoAnswer | null
  readonly freshUntilMs: number | null
}

/** The part of a verdict that a confirmation writes. */
type Confirmation = Pick<
  Verdict,
  'mailboxId' | 'sizePx' | 'atMs' | 'status' | 'urlId' | 'requestId' | 'soapAnswer' | 'freshUntilMs'
>

/** A failed attempt as it is written. */
interface FailedAttempt extends Pick<Verdict, 'mailboxId' | 'sizePx' | 'atMs' | 'urlId' | 'requestId'> {
  readonly status: number | null
  readonly failure: string
}

const NOTHING_BEFORE: Before = {
  verdict: null,
  picture_id: null,
  first_seen_ms: null,
  changed_ms: null,
  etag: null,
  is_etag_trusted: 1,
}

/** Makes the function that writes one change; to be called in a transaction. */
export function createPhotoWriter(
  db: Database,
  pictures: PictureShelf,
): (change: PhotoChange, isHistoryKept: boolean) => void {
  const mailboxIdOf = createMailboxKeys(db)
  const sql = prepareStatements(db)

  function urlIdOf({ askedUrl, address, sizeCode }: PhotoChange): number {
    const template = toUrlTemplate(askedUrl, address, sizeCode)
    return sql.findUrl.get(template) ?? Number(sql.insertUrl.run(template).lastInsertRowid)
  }

  /** A picture that is no longer the photo leaves a line; one that comes back begins anew. */
  function remember(before: Before, mailboxId: number, sizePx: number, atMs: number, isHistoryKept: boolean): void {
    if (before.picture_id === null) return
    if (isHistoryKept) sql.insertHistory.run(mailboxId, sizePx, before.picture_id, before.changed_ms ?? atMs, atMs)
    else pictures.dropUnused(before.picture_id)
  }

  function writeVerdict(
    change: Change<'photo'> | Change<'absent'>,
    mailboxId: number,
    before: Before,
    isHistoryKept: boolean,
  ): void {
    const sizePx = sizeCodePx(change.sizeCode)
    const pictureId = change.kind === 'photo' ? pictures.keep(change.picture) : null
    const isSame = before.verdict === change.kind && before.picture_id === pictureId
    sql.upsertVerdict.run({
      mailboxId,
      sizePx,
      verdict: change.kind,
      pictureId,
      etag: change.kind === 'photo' ? change.etag : null,
      isEtagTrusted: isStillTrusted(before, change, isSame) ? 1 : 0,
      contentType: change.kind === 'photo' ? change.contentType : null,
      firstSeenMs: before.first_seen_ms ?? (change.kind === 'photo' ? change.atMs : null),
      changedMs: isSame ? (before.changed_ms ?? change.atMs) : change.atMs,
      atMs: change.atMs,
      status: change.kind === 'photo' ? (change.status === null ? null : 200) : change.status,
      urlId: urlIdOf(change),
      requestId: change.requestId ?? null,
      soapAnswer: change.kind === 'photo' ? null : (change.soapAnswer ?? null),
      freshUntilMs: change.kind === 'photo' ? change.freshUntilMs : null,
    })
    if (!isSame) remember(before, mailboxId, sizePx, change.atMs, isHistoryKept)
    dropRefused(mailboxId, sizePx)
  }

  function dropRefused(mailboxId: number, sizePx: number): void {
    const pictureId = sql.dropRefused.get(mailboxId, sizePx)
    if (pictureId !== undefined) pictures.dropUnused(pictureId)
  }

  /** A verdict that is held still holds; where none is, there is nothing to confirm. */
  function confirm(
    change: PhotoChange,
    mailboxId: number,
    { atMs, status, soapAnswer, freshUntilMs }: Pick<Verdict, 'atMs' | 'status' | 'soapAnswer' | 'freshUntilMs'>,
  ): void {
    sql.confirm.run({
      ...{ mailboxId, sizePx: sizeCodePx(change.sizeCode), atMs, status, soapAnswer, freshUntilMs },
      ...{ urlId: urlIdOf(change), requestId: change.requestId ?? null },
    })
  }

  /** The good picture stays; that the server was asked is a verdict all the same. */
  function writeRefused(change: Change<'refused'>, mailboxId: number): void {
    const sizePx = sizeCodePx(change.sizeCode)
    const { atMs, contentType, etag, freshUntilMs } = change
    const pictureId = pictures.keep(change.picture)
    const earlier = sql.findRefused.get(mailboxId, sizePx)
    sql.upsertRefused.run(mailboxId, sizePx, pictureId, contentType, etag, atMs)
    if (earlier !== undefined && earlier !== pictureId) pictures.dropUnused(earlier)
    confirm(change, mailboxId, { atMs, status: 200, soapAnswer: null, freshUntilMs })
  }

  return (change, isHistoryKept) => {
    const mailboxId = mailboxIdOf(change.address)
    const sizePx = sizeCodePx(change.sizeCode)
    switch (change.kind) {
      case 'photo':
      case 'absent':
        return writeVerdict(change, mailboxId, sql.findBefore.get(mailboxId, sizePx) ?? NOTHING_BEFORE, isHistoryKept)
      case 'refused':
        return writeRefused(change, mailboxId)
      case 'not-modified':
        confirm(change, mailboxId, { ...change, soapAnswer: change.soapAnswer ?? null })
        dropRefused(mailboxId, sizePx)
        return
      case 'failed': {
        const failure = JSON.stringify(change.error)
        sql.upsertFailure.run({
          ...{ mailboxId, sizePx, atMs: change.atMs, status: change.status, urlId: urlIdOf(change) },
          ...{ requestId: change.requestId ?? null, failure },
        })
        return
      }
    }
  }
}

/** An ETag that came with other bytes than before is never believed again; which of the two was wrong cannot be known. */
function isStillTrusted(before: Before, change: Change<'photo'> | Change<'absent'>, isSame: boolean): boolean {
  if (before.is_etag_trusted === 0) return false
  const isLie = change.kind === 'photo' && before.verdict === 'photo' && !isSame && change.etag !== null
  return !(isLie && change.etag === before.etag)
}

function prepareStatements(db: Database) {
  return {
    findUrl: db.prepare<[string], number>('SELECT id FROM asked_url WHERE template = ?').pluck(),
    insertUrl: db.prepare<[string]>('INSERT INTO asked_url (template) VALUES (?)'),
    findBefore: db.prepare<[number, number], Before>(
      `SELECT verdict, picture_id, first_seen_ms, changed_ms, etag, is_etag_trusted FROM photo
       WHERE mailbox_id = ? AND size_px = ?`,
    ),
    insertHistory: db.prepare<[number, number, number, number, number]>(
      'INSERT INTO photo_history (mailbox_id, size_px, picture_id, from_ms, until_ms) VALUES (?, ?, ?, ?, ?)',
    ),
    upsertVerdict: db.prepare<[Verdict]>(`
      INSERT INTO photo (mailbox_id, size_px, verdict, picture_id, etag, is_etag_trusted, content_type, first_seen_ms, changed_ms,
        verdict_ms, verdict_status, verdict_url_id, verdict_request_id, soap_answer, fresh_until_ms)
      VALUES (@mailboxId, @sizePx, @verdict, @pictureId, @etag, @isEtagTrusted, @contentType, @firstSeenMs, @changedMs,
        @atMs, @status, @urlId, @requestId, @soapAnswer, @freshUntilMs)
      ON CONFLICT DO UPDATE SET verdict = excluded.verdict, picture_id = excluded.picture_id, etag = excluded.etag,
        is_etag_trusted = excluded.is_etag_trusted, content_type = excluded.content_type, first_seen_ms = excluded.first_seen_ms, changed_ms = excluded.changed_ms,
        verdict_ms = excluded.verdict_ms, verdict_status = excluded.verdict_status,
        verdict_url_id = excluded.verdict_url_id, verdict_request_id = excluded.verdict_request_id,
        soap_answer = excluded.soap_answer, fresh_until_ms = excluded.fresh_until_ms,
        failure_ms = NULL, failure_status = NULL, failure_url_id = NULL, failure_request_id = NULL, failure = NULL`),
    confirm: db.prepare<[Confirmation]>(`
      UPDATE photo SET verdict_ms = @atMs, verdict_status = @status, verdict_url_id = @urlId,
        verdict_request_id = @requestId, soap_answer = @soapAnswer, fresh_until_ms = @freshUntilMs,
        failure_ms = NULL, failure_status = NULL, failure_url_id = NULL, failure_request_id = NULL, failure = NULL
      WHERE mailbox_id = @mailboxId AND size_px = @sizePx AND verdict = 'photo'`),
    findRefused: db
      .prepare<[number, number], number>('SELECT picture_id FROM refused_body WHERE mailbox_id = ? AND size_px = ?')
      .pluck(),
    dropRefused: db
      .prepare<[number, number], number>(
        'DELETE FROM refused_body WHERE mailbox_id = ? AND size_px = ? RETURNING picture_id',
      )
      .pluck(),
    upsertRefused: db.prepare<[number, number, number, string | null, string | null, number]>(
      `INSERT OR REPLACE INTO refused_body (mailbox_id, size_px, picture_id, content_type, etag, at_ms)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    upsertFailure: db.prepare<[FailedAttempt]>(`
      INSERT INTO photo (mailbox_id, size_px, failure_ms, failure_status, failure_url_id, failure_request_id, failure)
      VALUES (@mailboxId, @sizePx, @atMs, @status, @urlId, @requestId, @failure)
      ON CONFLICT DO UPDATE SET failure_ms = excluded.failure_ms, failure_status = excluded.failure_status,
        failure_url_id = excluded.failure_url_id, failure_request_id = excluded.failure_request_id,
        failure = excluded.failure`),
  }
}
