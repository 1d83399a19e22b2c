import type { Database } from 'better-sqlite3'
import { sizeCodePx } from '../../shared/size-codes.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { PhotoChange, PhotoRepository } from '../core/photos/ports.ts'
import type { Guard } from './guard.ts'
import {
  type PhotoRow,
  parsePhotoRow,
  SELECT_PHOTO,
  toHeldPhoto,
  toPhotoVersion,
  type VersionRow,
} from './photo-rows.ts'
import { createPhotoWriter } from './photo-writer.ts'
import { createPhotosAhead } from './photos-ahead.ts'
import type { PictureShelf } from './picture-shelf.ts'

/** Rows read at once while going through everything: between pages the library is free for other work. */
const PAGE_ROWS = 2_000

/** What a change writes beside the picture's bytes, about: the pages that its rows are on. */
const CHANGE_BYTES = 2_000

/**
 * Photos in SQLite.
 * @param onWritten told how much was written, about, after each save
 */
export function createPhotoRepository(
  db: Database,
  pictures: PictureShelf,
  guard: Guard,
  onWritten: (bytes: number) => void,
): PhotoRepository {
  const find = db
    .prepare<[SmtpAddress, number], string>(`${SELECT_PHOTO} WHERE mailbox.address = ? AND photo.size_px = ?`)
    .pluck()
  const list = db
    .prepare<[SmtpAddress], string>(`${SELECT_PHOTO} WHERE mailbox.address = ? ORDER BY photo.size_px`)
    .pluck()
  const listSeveral = db
    .prepare<[string], string>(
      `${SELECT_PHOTO} WHERE photo.mailbox_id IN (SELECT mailbox.id FROM json_each(?) AS wanted CROSS JOIN mailbox ON mailbox.address = wanted.value)
       ORDER BY photo.mailbox_id, photo.size_px`,
    )
    .pluck()
  const page = db
    .prepare<[number, number, number], string>(
      `${SELECT_PHOTO} WHERE (photo.mailbox_id, photo.size_px) > (?, ?) ORDER BY photo.mailbox_id, photo.size_px LIMIT ?`,
    )
    .pluck()
  const history = db.prepare<[SmtpAddress], VersionRow>(
    `SELECT size_px, content_hash, bytes, format, is_decodable, width_px, height_px, from_ms, until_ms FROM photo_history
     JOIN picture ON picture.id = picture_id
     WHERE mailbox_id = (SELECT id FROM mailbox WHERE address = ?)
     ORDER BY until_ms DESC, photo_history.id DESC`,
  )
  const ahead = createPhotosAhead(db)
  const write = createPhotoWriter(db, pictures)
  const save = db.transaction((changes: readonly PhotoChange[], isHistoryKept: boolean) => {
    for (const change of changes) write(change, isHistoryKept)
  })

  return {
    find: (address, sizeCode) =>
      guard('photos.find', () => {
        const known = ahead.find(address, sizeCode)
        if (known !== undefined) return known
        const row = find.get(address, sizeCodePx(sizeCode))
        return row === undefined ? null : toHeldPhoto(parsePhotoRow(row))
      }),
    lookAhead: (addresses, sizeCodes) => guard('photos.lookAhead', () => ahead.load(addresses, sizeCodes)),
    listForPerson: (address) =>
      guard('photos.listForPerson', () => list.all(address).map((row) => toHeldPhoto(parsePhotoRow(row)))),
    listForPeople: (addresses) =>
      guard('photos.listForPeople', () => {
        const photos = listSeveral.all(JSON.stringify(addresses)).map((row) => toHeldPhoto(parsePhotoRow(row)))
        return Map.groupBy(photos, ({ record }) => record.address)
      }),
    *iterateAll() {
      let last: Pick<PhotoRow, 'mailbox_id' | 'size_px'> = { mailbox_id: 0, size_px: 0 }
      while (true) {
        const { mailbox_id, size_px } = last
        const rows = guard('photos.iterateAll', () => page.all(mailbox_id, size_px, PAGE_ROWS)).map(parsePhotoRow)
        for (const row of rows) yield toHeldPhoto(row)
        last = rows.at(-1) ?? last
        if (rows.length < PAGE_ROWS) return
      }
    },
    readBytes: pictures.readBytes,
    listWhole: pictures.listWhole,
    hasBytes: (contentHash) =>
      guard('photos.hasBytes', () => ahead.hasBytes(contentHash)) ?? pictures.hasBytes(contentHash),
    save(changes, options) {
      guard('photos.save', () =>
        ahead.whileSaving(changes, () => save.immediate(changes, options?.isHistoryKept ?? true)),
      )
      onWritten(changes.reduce((sum, change) => sum + CHANGE_BYTES + pictureBytesOf(change), 0))
    },
    listHistory: (address) => guard('photos.listHistory', () => history.all(address).map(toPhotoVersion)),
  }
}

function pictureBytesOf(change: PhotoChange): number {
  return change.kind === 'photo' ? change.picture.bytes.byteLength : 0
}
