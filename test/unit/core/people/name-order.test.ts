import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NameOrder } from '../../../../src/main/core/people/name-order.ts'

it('stays sorted while few or many people come and change their names', () => {
  const batch = fc.array(fc.tuple(fc.nat(199), fc.nat(999)), { maxLength: 40 })
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(999), { minLength: 200, maxLength: 200 }), fc.array(batch), (first, batches) => {
      const names = [...first]
      const compare = (left: number, right: number) => (names[left] ?? 0) - (names[right] ?? 0) || left - right
      const order = new NameOrder(compare)
      for (const id of names.keys()) order.touch(id)
      for (const changes of [[], ...batches]) {
        order.read()
        for (const [id, name] of changes) {
          names[id] = name
          order.touch(id)
        }
        expect([...order.read()]).toEqual([...names.keys()].sort(compare))
      }
    }),
    { numRuns: 60 },
  )
})
