import { randomUUID } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { syncKindSchema } from '../../shared/photos.ts'
import { sizeCodePx } from '../../shared/size-codes.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { KeptPlan, SyncPlanRepository } from '../core/sync/ports.ts'
import type { Guard } from './guard.ts'
import { sizeCodeOfPx } from './photo-rows.ts'

/** People that one step is about: a few milliseconds. */
const PEOPLE_A_STEP = 1_000
/** Before the first number of a mailbox. */
const BEFORE_ALL = -1

interface PlanRow {
  readonly number: number
  readonly id: string
  readonly kind: string
  readonly ask: string
  readonly sizes_px: string
  readonly started_ms: number
}

/** Plans of syncs in SQLite. */
export function createSyncPlanRepository(db: Database, guard: Guard): SyncPlanRepository {
  const sql = prepareStatements(db)
  const identify = db.transaction((addresses: readonly SmtpAddress[]) => {
    const list = JSON.stringify(addresses)
    sql.insertMailboxes.run(list)
    return sql.mailboxes.all(list)
  })
  const write = db.transaction((number: number, members: readonly number[], isLast: boolean) => {
    sql.insertMembers.run(number, JSON.stringify(members))
    if (isLast) sql.keep.run(number)
  })
  const insert = (plan: KeptPlan): number => {
    const sizesPx = JSON.stringify(plan.sizeCodes.map(sizeCodePx))
    return Number(
      sql.insert.run({ id: plan.id, kind: plan.kind, ask: plan.ask, sizesPx, startedMs: plan.startedMs })
        .lastInsertRowid,
    )
  }
  return {
    *begin(plan, addresses) {
      const kept = { ...plan, id: randomUUID() }
      const members: number[] = []
      for (let at = 0; at < addresses.length; at += PEOPLE_A_STEP) {
        if (at > 0) yield
        const some = addresses.slice(at, at + PEOPLE_A_STEP)
        members.push(...guard('sync-plans.begin', () => identify.immediate(some)))
      }
      if (members.length > PEOPLE_A_STEP) yield
      // In the order of the tables, so that each step writes to their ends and not all over them.
      const inOrder = Float64Array.from(members).sort()
      if (inOrder.length > PEOPLE_A_STEP) yield
      const number = guard('sync-plans.begin', () => insert(kept))
      let isKept = false
      try {
        for (let at = 0; at === 0 || at < inOrder.length; at += PEOPLE_A_STEP) {
          if (at > 0) yield
          const some = [...inOrder.subarray(at, at + PEOPLE_A_STEP)]
          guard('sync-plans.begin', () => write.immediate(number, some, at + PEOPLE_A_STEP >= inOrder.length))
        }
        isKept = true
        return kept
      } finally {
        if (!isKept) guard('sync-plans.begin', () => sql.giveUp.run(number))
      }
    },
    list: () => guard('sync-plans.list', () => sql.list.all().map(toPlan)),
    *count(id) {
      const row = guard('sync-plans.count', () => sql.find.get(id))
      if (row === undefined) return { photos: 0, done: 0 }
      const { number, sizes_px: sizesPx, started_ms: startedMs } = row
      let people = 0
      let done = 0
      for (const { count, after, last } of sections(number)) {
        if (people > 0) yield
        people += count
        done += guard('sync-plans.count', () => sql.countDone.get({ number, sizesPx, startedMs, after, last }) ?? 0)
      }
      return { photos: people * toPlan(row).sizeCodes.length, done }
    },
    *find(id) {
      const row = guard('sync-plans.find', () => sql.find.get(id))
      if (row === undefined) return null
      const addresses: SmtpAddress[] = []
      for (const { after, last } of sections(row.number)) {
        if (addresses.length > 0) yield
        addresses.push(...guard('sync-plans.find', () => sql.members.all({ number: row.number, after, last })))
      }
      return { ...toPlan(row), addresses }
    },
    remove: (id) => guard('sync-plans.remove', () => sql.remove.run(id).changes > 0),
    removeBegunBefore: (beforeMs, unfinishedBeforeMs) =>
      guard('sync-plans.remove-old', () => {
        sql.removeBegunBefore.run({ beforeMs, unfinishedBeforeMs })
      }),
    *sweep() {
      for (let number = sql.findOver.get(); number !== undefined; number = sql.findOver.get()) {
        const plan = number
        for (const { after, last } of sections(plan)) {
          if (after !== BEFORE_ALL) yield
          guard('sync-plans.sweep', () => sql.removeMembers.run({ number: plan, after, last }))
        }
        guard('sync-plans.sweep', () => sql.removeRow.run(plan))
      }
    },
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

  /** The members of a plan, some at a time: those after one mailbox, up to another. */
  function* sections(number: number) {
    for (let after = BEFORE_ALL; ; ) {
      const section = guard('sync-plans.section', () => sql.section.get({ number, after, limit: PEOPLE_A_STEP }))
      if (section === undefined || section.last === null) return
      const { count, last } = section
      yield { count, after, last }
      after = last
    }
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

interface Section {
  readonly number: number
  readonly after: number
  readonly last: number
}

function prepareStatements(db: Database) {
  return {
    insert: db.prepare<[{ id: string; kind: string; ask: string; sizesPx: string; startedMs: number }]>(
      `INSERT INTO sync_plan (id, kind, ask, sizes_px, started_ms, state)
       VALUES (@id, @kind, @ask, @sizesPx, @startedMs, 'beginning')`,
    ),
    keep: db.prepare<[number]>("UPDATE sync_plan SET state = 'kept' WHERE number = ?"),
    giveUp: db.prepare<[number]>("UPDATE sync_plan SET state = 'over' WHERE number = ?"),
    insertMailboxes: db.prepare<[string]>(
      'INSERT INTO mailbox (address) SELECT value FROM json_each(?) WHERE true ON CONFLICT (address) DO NOTHING',
    ),
    mailboxes: db
      .prepare<[string], number>('SELECT mailbox.id FROM json_each(?) JOIN mailbox ON mailbox.address = value')
      .pluck(),
    // Whoever was forgotten since the first steps is left out.
    insertMembers: db.prepare<[number, string]>(
      `INSERT OR IGNORE INTO sync_plan_mailbox (plan, mailbox_id)
       SELECT ?, mailbox.id FROM json_each(?) JOIN mailbox ON mailbox.id = value`,
    ),
    list: db.prepare<[], PlanRow>("SELECT * FROM sync_plan WHERE state = 'kept' ORDER BY started_ms DESC, id"),
    find: db.prepare<[string], PlanRow>("SELECT * FROM sync_plan WHERE id = ? AND state = 'kept'"),
    section: db.prepare<
      [{ number: number; after: number; limit: number }],
      { readonly count: number; readonly last: number | null }
    >(
      `SELECT count(*) AS count, max(mailbox_id) AS last FROM (
         SELECT mailbox_id FROM sync_plan_mailbox WHERE plan = @number AND mailbox_id > @after
         ORDER BY mailbox_id LIMIT @limit)`,
    ),
    members: db
      .prepare<[Section], SmtpAddress>(
        `SELECT address FROM sync_plan_mailbox JOIN mailbox ON mailbox.id = mailbox_id
         WHERE plan = @number AND mailbox_id > @after AND mailbox_id <= @last ORDER BY mailbox_id`,
      )
      .pluck(),
    countDone: db
      .prepare<[Section & { sizesPx: string; startedMs: number }], number>(
        `SELECT count(*) FROM sync_plan_mailbox JOIN photo ON photo.mailbox_id = sync_plan_mailbox.mailbox_id
         WHERE plan = @number AND sync_plan_mailbox.mailbox_id > @after AND sync_plan_mailbox.mailbox_id <= @last
           AND size_px IN (SELECT value FROM json_each(@sizesPx)) AND verdict_ms >= @startedMs`,
      )
      .pluck(),
    remove: db.prepare<[string]>("UPDATE sync_plan SET state = 'over' WHERE id = ? AND state = 'kept'"),
    removeBegunBefore: db.prepare<[{ beforeMs: number; unfinishedBeforeMs: number }]>(
      `UPDATE sync_plan SET state = 'over'
       WHERE started_ms < @beforeMs OR (state = 'beginning' AND started_ms < @unfinishedBeforeMs)`,
    ),
    findOver: db.prepare<[], number>("SELECT number FROM sync_plan WHERE state = 'over' LIMIT 1").pluck(),
    removeMembers: db.prepare<[Section]>(
      'DELETE FROM sync_plan_mailbox WHERE plan = @number AND mailbox_id > @after AND mailbox_id <= @last',
    ),
    removeRow: db.prepare<[number]>('DELETE FROM sync_plan WHERE number = ?'),
    readRefresh: db.prepare<[], { tried_ms: number; ended_ms: number | null }>(
      'SELECT tried_ms, ended_ms FROM refresh',
    ),
    saveRefresh: db.prepare<[number, number | null]>(
      `INSERT INTO refresh (id, tried_ms, ended_ms) VALUES (1, ?, ?)
       ON CONFLICT (id) DO UPDATE SET tried_ms = excluded.tried_ms, ended_ms = excluded.ended_ms`,
    ),
  }
}
