import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { syncKindSchema } from '../../shared/photos.ts'
import { sizeCodePx } from '../../shared/size-codes.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { KeptPlan, SyncPlanRepository } from '../core/sync/ports.ts'
import type { Guard } from './guard.ts'
import { sizeCodeOfPx } from './photo-rows.ts'

interface PlanRow {
  readonly id: string
  readonly kind: string
  readonly ask: string
  readonly sizes_px: string
  readonly started_ms: number
}

/** Plans of syncs in SQLite. */
export function createSyncPlanRepository(db: Database, guard: Guard): SyncPlanRepository {
  const sql = prepareStatements(db)
  const begin = db.transaction((plan: KeptPlan, addresses: readonly SmtpAddress[]) => {
    const sizesPx = JSON.stringify(plan.sizeCodes.map(sizeCodePx))
    sql.insert.run({ id: plan.id, kind: plan.kind, ask: plan.ask, sizesPx, startedMs: plan.startedMs })
    const members = JSON.stringify(addresses)
    sql.insertMailboxes.run(members)
    sql.insertMembers.run(plan.id, members)
  })
  return {
    begin(plan, addresses) {
      const kept = { ...plan, id: randomUUID() }
      guard('sync-plans.begin', () => begin.immediate(kept, addresses))
      return kept
    },
    list: () =>
      guard('sync-plans.list', () =>
        sql.list.all().map((row) => {
          const plan = toPlan(row)
          const people = sql.countMembers.get(row.id) ?? 0
          const done = sql.countDone.get({ id: row.id, sizesPx: row.sizes_px, startedMs: row.started_ms }) ?? 0
          return { ...plan, photos: people * plan.sizeCodes.length, done }
        }),
      ),
    find: (id) =>
      guard('sync-plans.find', () => {
        const row = sql.find.get(id)
        return row === undefined ? null : { ...toPlan(row), addresses: sql.members.all(id) }
      }),
    remove: (id) => guard('sync-plans.remove', () => sql.remove.run(id).changes > 0),
    removeBegunBefore: (beforeMs) =>
      guard('sync-plans.remove-old', () => {
        sql.removeBegunBefore.run(beforeMs)
      }),
    refreshTimes: () =>
      guard('refresh.read', () => {
        const row = sql.readRefresh.get()
        return { triedMs: row?.tried_ms ?? null, endedMs: row?.ended_ms ?? null }
      }),
    saveRefreshTimes: ({ triedMs, endedMs }) =>
      guard('refresh.save', () => {
        sql.saveRefresh.run(triedMs, endedMs)
      }),
  }
}

const sizesJson = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(z.array(z.number().int()))

function toPlan({ id, kind, ask, sizes_px, started_ms }: PlanRow): KeptPlan {
  return {
    id,
    kind: syncKindSchema.parse(kind),
    ask: ask === 'all' ? 'all' : 'stale',
    sizeCodes: sizesJson.parse(sizes_px).map(sizeCodeOfPx),
    startedMs: started_ms,
  }
}

function prepareStatements(db: Database) {
  return {
    insert: db.prepare<[{ id: string; kind: string; ask: string; sizesPx: string; startedMs: number }]>(
      'INSERT INTO sync_plan (id, kind, ask, sizes_px, started_ms) VALUES (@id, @kind, @ask, @sizesPx, @startedMs)',
    ),
    insertMailboxes: db.prepare<[string]>(
      'INSERT INTO mailbox (address) SELECT value FROM json_each(?) WHERE true ON CONFLICT (address) DO NOTHING',
    ),
    insertMembers: db.prepare<[string, string]>(
      `INSERT OR IGNORE INTO sync_plan_member (plan_id, mailbox_id)
       SELECT ?, mailbox.id FROM json_each(?) JOIN mailbox ON mailbox.address = value`,
    ),
    list: db.prepare<[], PlanRow>('SELECT * FROM sync_plan ORDER BY started_ms DESC, id'),
    find: db.prepare<[string], PlanRow>('SELECT * FROM sync_plan WHERE id = ?'),
    members: db
      .prepare<[string], SmtpAddress>(
        `SELECT address FROM sync_plan_member JOIN mailbox ON mailbox.id = mailbox_id
         WHERE plan_id = ? ORDER BY mailbox_id`,
      )
      .pluck(),
    countMembers: db.prepare<[string], number>('SELECT count(*) FROM sync_plan_member WHERE plan_id = ?').pluck(),
    countDone: db
      .prepare<[{ id: string; sizesPx: string; startedMs: number }], number>(
        `SELECT count(*) FROM sync_plan_member JOIN photo ON photo.mailbox_id = sync_plan_member.mailbox_id
         WHERE plan_id = @id AND size_px IN (SELECT value FROM json_each(@sizesPx)) AND verdict_ms >= @startedMs`,
      )
      .pluck(),
    remove: db.prepare<[string]>('DELETE FROM sync_plan WHERE id = ?'),
    removeBegunBefore: db.prepare<[number]>('DELETE FROM sync_plan WHERE started_ms < ?'),
    readRefresh: db.prepare<[], { tried_ms: number; ended_ms: number | null }>(
      'SELECT tried_ms, ended_ms FROM refresh',
    ),
    saveRefresh: db.prepare<[number, number | null]>(
      `INSERT INTO refresh (id, tried_ms, ended_ms) VALUES (1, ?, ?)
       ON CONFLICT (id) DO UPDATE SET tried_ms = excluded.tried_ms, ended_ms = excluded.ended_ms`,
    ),
  }
}
