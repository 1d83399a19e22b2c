import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { describe, expect, it } from 'vitest'
import type { Steps } from '../../../src/main/core/sync/take-steps.ts'
import { migrate } from '../../../src/main/store/migrate.ts'
import { ALL_MIGRATIONS } from '../../../src/main/store/migrations/all-migrations.ts'
import { openTestLibrary, photoChange } from '../../support/open-test-library.ts'
import { address } from '../../support/people.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const ANNA = address('anna.berg@fjordline.example')
const BO = address('bo@fjordline.example')
const PLAN = { kind: 'sync', ask: 'all', sizeCodes: ['HR96x96', 'HR648x648'], startedMs: 1_000 } as const

/** Takes all steps, and counts them; between them others have their turn. */
function stepsOf<Result>(steps: Steps<Result>, meanwhile: () => void = () => {}): { steps: number; result: Result } {
  for (let count = 1; ; count += 1) {
    const step = steps.next()
    if (step.done === true) return { steps: count, result: step.value }
    meanwhile()
  }
}

const whole = <Result>(steps: Steps<Result>): Result => stepsOf(steps).result

function membersIn(file: string): number {
  const db = new BetterSqlite(file, { readonly: true })
  const count = db.prepare<[], number>('SELECT count(*) FROM sync_plan_mailbox').pluck().get() ?? -1
  db.close()
  return count
}

describe('plans of syncs', () => {
  it('are kept with whom and what they are about, and say how much was answered since they began', () => {
    const { plans, photos } = openTestLibrary()
    photos.save([photoChange('old', 999, { address: BO })])
    const { id } = whole(plans.begin(PLAN, [ANNA, BO, ANNA]))
    photos.save([photoChange('new', 1_000), photoChange('not of the plan', 2_000, { sizeCode: 'HR48x48' })])
    expect(plans.list()).toEqual([{ ...PLAN, id }])
    expect(whole(plans.count(id))).toEqual({ photos: 4, done: 1 })
    expect(whole(plans.find(id))).toEqual({ ...PLAN, id, addresses: expect.arrayContaining([ANNA, BO]) })
    expect(whole(plans.find(id))?.addresses).toHaveLength(2)
    expect(whole(plans.find('another'))).toBeNull()
  })

  it('go when they are removed, or too old, and hold nobody who is forgotten', () => {
    const { plans, upkeep } = openTestLibrary()
    const first = whole(plans.begin(PLAN, [ANNA, BO]))
    const later = whole(plans.begin({ ...PLAN, startedMs: 5_000 }, [ANNA, BO]))
    expect(plans.list().map(({ id }) => id)).toEqual([later.id, first.id])
    plans.removeBegunBefore(5_000, 0)
    expect(plans.list().map(({ id }) => id)).toEqual([later.id])
    upkeep.forget([ANNA])
    expect(whole(plans.find(later.id))?.addresses).toEqual([BO])
    expect(upkeep.check()).toEqual([])
    expect([plans.remove(later.id), plans.remove(later.id)]).toEqual([true, false])
  })

  it('are written, read and removed some people at a time, and nobody finds what is not whole', () => {
    const { plans, file, upkeep } = openTestLibrary()
    const people = Array.from({ length: 2_500 }, (_, at) => address(`p${at}@fjordline.example`))
    const begin = plans.begin(PLAN, people)
    const before = stepsOf(begin, () => expect(plans.list()).toEqual([]))
    expect(before.steps).toBe(7)
    const { id } = before.result
    expect(stepsOf(plans.count(id))).toEqual({ steps: 3, result: { photos: 5_000, done: 0 } })
    const { steps, result } = stepsOf(plans.find(id))
    expect(steps).toBe(3)
    expect(new Set(result?.addresses)).toEqual(new Set(people))

    expect(plans.remove(id)).toBe(true)
    expect(plans.list()).toEqual([])
    expect(membersIn(file)).toBe(2_500)
    expect(stepsOf(plans.sweep()).steps).toBe(3)
    expect(membersIn(file)).toBe(0)
    expect(upkeep.check()).toEqual([])
  })

  it('that were given up half written leave nothing; those of a process that was killed go after an hour', () => {
    const { plans, file } = openTestLibrary()
    const people = Array.from({ length: 2_500 }, (_, at) => address(`p${at}@fjordline.example`))
    const cancelled = plans.begin(PLAN, people)
    for (let step = 0; step < 5; step += 1) cancelled.next()
    expect(membersIn(file)).toBeGreaterThan(0)
    cancelled.return(null as never)
    whole(plans.sweep())
    expect(membersIn(file)).toBe(0)

    const killed = plans.begin(PLAN, people)
    for (let step = 0; step < 5; step += 1) killed.next()
    plans.removeBegunBefore(0, PLAN.startedMs)
    whole(plans.sweep())
    expect(membersIn(file)).toBeGreaterThan(0)
    plans.removeBegunBefore(0, PLAN.startedMs + 1)
    whole(plans.sweep())
    expect(membersIn(file)).toBe(0)
    expect(plans.list()).toEqual([])
  })

  it('of an earlier Rollcall are found, with everybody', () => {
    const file = join(temporaryFolder(), 'library.sqlite')
    const db = new BetterSqlite(file)
    migrate(db, ALL_MIGRATIONS.slice(0, 5))
    db.exec(`
      INSERT INTO mailbox (id, address) VALUES (1, '${ANNA}'), (2, '${BO}');
      INSERT INTO sync_plan VALUES ('one', 'sync', 'all', '[96,648]', 1000), ('two', 'audit', 'stale', '[48]', 2000);
      INSERT INTO sync_plan_member VALUES ('one', 1), ('one', 2), ('two', 2);
    `)
    db.pragma('application_id = 0x526f6c6c')
    db.close()
    const { plans, upkeep } = openTestLibrary(file)
    expect(plans.list().map(({ id, kind }) => [id, kind])).toEqual([
      ['two', 'audit'],
      ['one', 'sync'],
    ])
    expect(whole(plans.find('one'))).toEqual({ ...PLAN, id: 'one', addresses: [ANNA, BO] })
    expect(whole(plans.find('two'))?.addresses).toEqual([BO])
    expect(upkeep.check()).toEqual([])
    upkeep.forget([BO])
    expect(whole(plans.find('two'))?.addresses).toEqual([])
  })

  it('remember when the scheduled refresh was tried, and when it ended', () => {
    const { plans } = openTestLibrary()
    expect(plans.refreshTimes()).toEqual({ triedMs: null, endedMs: null })
    plans.saveRefreshTimes({ triedMs: 10, endedMs: null })
    plans.saveRefreshTimes({ triedMs: 20, endedMs: 25 })
    expect(plans.refreshTimes()).toEqual({ triedMs: 20, endedMs: 25 })
  })
})
