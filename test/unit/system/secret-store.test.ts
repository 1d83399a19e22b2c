import { expect, it } from 'vitest'
import { createSecretStore } from '../../../src/main/system/create-secret-store.ts'
import { collectingLog } from '../../support/collecting-log.ts'

it('secrets of this run are kept, replaced and removed in memory', async () => {
  const store = await createSecretStore('this-run', collectingLog())
  expect(store.kind).toBe('this-run')
  expect(await store.read('a@x')).toBeNull()
  await store.write('a@x', 'one')
  await store.write('a@x', 'two')
  expect(await store.read('a@x')).toBe('two')
  await store.remove('a@x')
  await store.remove('a@x')
  expect(await store.read('a@x')).toBeNull()
})
