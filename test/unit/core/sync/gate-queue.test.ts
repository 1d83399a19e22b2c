import { queryObjects } from 'node:v8'
import { expect, it } from 'vitest'
import { createGateQueue } from '../../../../src/main/core/sync/gate-queue.ts'

class Waiting {
  isWaiting = true
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

it('lets the visible go first, then the opened, each in its order', () => {
  const queue = createGateQueue<Waiting>()
  for (const name of ['one', 'two']) queue.push('background', new Waiting(name))
  queue.push('opened', new Waiting('opened'))
  queue.push('visible', new Waiting('visible'))
  expect([1, 2, 3, 4, 5].map(() => queue.take()?.name)).toEqual(['visible', 'opened', 'one', 'two', undefined])
})

it('passes over those who no longer wait, and takes new ones after it was empty', () => {
  const queue = createGateQueue<Waiting>()
  const gone = new Waiting('gone')
  gone.isWaiting = false
  queue.push('background', gone)
  expect(queue.take()).toBeNull()
  queue.push('background', new Waiting('next'))
  expect(queue.drain().map(({ name }) => name)).toEqual(['next'])
  expect(queue.take()).toBeNull()
})

it('lets go of those who were taken while others wait: their answers would pile up for as long as a sync runs', () => {
  const queue = createGateQueue<Waiting>()
  for (let at = 0; at < 1_000; at += 1) {
    queue.push('background', new Waiting(`number ${at}`))
    if (at >= 10) queue.take()
  }
  expect(queryObjects(Waiting, { format: 'count' })).toBeLessThan(50)
  expect(queue.drain()).toHaveLength(10)
})
