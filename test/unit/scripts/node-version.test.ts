import { expect, it } from 'vitest'
import { isAtLeast } from '../../../scripts/setup/node-version.mjs'

it.each([
  { version: '18.20.4', isEnough: false },
  { version: '22.12.0', isEnough: false },
  { version: '22.19.0', isEnough: true },
  { version: '22.20.1', isEnough: true },
  { version: '24.0.0', isEnough: true },
])('finds that Node $version is enough for 22.19: $isEnough', ({ version, isEnough }) => {
  expect(isAtLeast(version, [22, 19])).toBe(isEnough)
})
