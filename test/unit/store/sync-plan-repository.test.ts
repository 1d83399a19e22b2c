import { describe, expect, it } from 'vitest'
import { openTestLibrary, photoChange } from '../../support/open-test-library.ts'
import { address } from '../../support/people.ts'

const ANNA = address('anna.berg@fjordline.example')
const BO = address('bo@fjordline.example')
const PLAN = { kind: 'sync', ask: 'all', sizeCodes: ['HR96x96', 'HR648x648'], startedMs: 1_000 } as const

describe('plans of syncs', () => {
  it('are kept with whom and what they are about, and say how much was answered since they began', () => {
    const { plans, photos } = openTestLibrary()
    photos.save([photoChange('old', 999, { address: BO })])
    const { id } = plans.begin(PLAN, [ANNA, BO, ANNA])
    photos.save([photoChange('new', 1_000), photoChange('not of the plan', 2_000, { sizeCode: 'HR48x48' })])
    expect(plans.list()).toEqual([{ ...PLAN, id, photos: 4, done: 1 }])
    expect(plans.find(id)).toEqual({ ...PLAN, id, addresses: expect.arrayContaining([ANNA, BO]) })
    expect(plans.find(id)?.addresses).toHaveLength(2)
    expect(plans.find('another')).toBeNull()
  })

  it('go when they are removed, or too old, and hold nobody who is forgotten', () => {
    const { plans, upkeep } = openTestLibrary()
    const first = plans.begin(PLAN, [ANNA, BO])
    const later = plans.begin({ ...PLAN, startedMs: 5_000 }, [ANNA, BO])
    expect(plans.list().map(({ id }) => id)).toEqual([later.id, first.id])
    plans.removeBegunBefore(5_000)
    expect(plans.list().map(({ id }) => id)).toEqual([later.id])
    upkeep.forget([ANNA])
    expect(plans.find(later.id)?.addresses).toEqual([BO])
    expect(upkeep.check()).toEqual([])
    expect([plans.remove(later.id), plans.remove(later.id)]).toEqual([true, false])
  })

  it('remember when the scheduled refresh was tried, and when it ended', () => {
    const { plans } = openTestLibrary()
    expect(plans.refreshTimes()).toEqual({ triedMs: null, endedMs: null })
    plans.saveRefreshTimes({ triedMs: 10, endedMs: null })
    plans.saveRefreshTimes({ triedMs: 20, endedMs: 25 })
    expect(plans.refreshTimes()).toEqual({ triedMs: 20, endedMs: 25 })
  })
})
