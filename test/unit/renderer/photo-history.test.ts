import { expect, it } from 'vitest'
import { versionsOf } from '../../../src/renderer/features/person/photo-history.tsx'
import type { PhotoVersion } from '../../../src/shared/photos.ts'

const version = (sizeCode: PhotoVersion['sizeCode'], px: number, untilMs: number): PhotoVersion => ({
  sizeCode,
  contentHash: `${sizeCode} ${untilMs}`,
  fromMs: 0,
  untilMs,
  format: 'jpeg',
  isDecodable: true,
  widthPx: px,
  heightPx: px,
  bytes: 100,
})

it('sizes that changed together are one earlier photo, the largest, the last replaced first', () => {
  const history = [
    version('HR48x48', 48, 600_000),
    version('HR648x648', 648, 600_500),
    version('HR240x240', 240, 9_000_000),
    version('HR96x96', 96, 9_000_100),
  ]
  expect(versionsOf(history).map(({ sizeCode }) => sizeCode)).toEqual(['HR240x240', 'HR648x648'])
})
