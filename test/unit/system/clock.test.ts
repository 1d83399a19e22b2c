import { expect, it } from 'vitest'
import { systemClock } from '../../../src/main/system/clock.ts'
import { contentHash } from '../../../src/main/system/content-hash.ts'

it('a wait that is aborted ends at once, before or while it lasts', async () => {
  await systemClock.wait(10_000_000_000, AbortSignal.abort())
  const controller = new AbortController()
  const waiting = systemClock.wait(10_000_000_000, controller.signal)
  controller.abort()
  await waiting
})

it('a wait ends by itself', async () => {
  await systemClock.wait(1)
  await systemClock.wait(-5)
})

it('a content hash is SHA-256 in lower-case hex', () => {
  expect(contentHash(Buffer.from('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
