import type { Database } from 'better-sqlite3'

/** How long an earlier picture is kept, ms: 90 days (F46). */
const HISTORY_MS = 90 * 86_400_000

/** Drops earlier pictures whose time is over, with their bytes, and gives the room back to the disk. Throws SqliteError. */
export function dropOldHistory(db: Database, nowMs: number): void {
  const isDue = db.prepare<[number], 1>('SELECT 1 FROM photo_history WHERE until_ms < ? LIMIT 1').pluck()
  if (isDue.get(nowMs - HISTORY_MS) === undefined) return
  db.transaction(() => {
    db.prepare<[number]>('DELETE FROM photo_history WHERE until_ms < ?').run(nowMs - HISTORY_MS)
    db.prepare(
      `DELETE FROM picture WHERE NOT EXISTS (SELECT 1 FROM photo WHERE picture_id = picture.id)
       AND NOT EXISTS (SELECT 1 FROM photo_history WHERE picture_id = picture.id)`,
    ).run()
  }).immediate()
  db.pragma('incremental_vacuum')
}
