import { describe, expect, it } from 'vitest'
import { summarizePhotos } from '../../../../src/main/core/photos/summarize-photos.ts'
import { DEFAULT_AUDIT_POLICY } from '../../../../src/shared/audit.ts'
import { photoRecord } from '../../../support/photo-records.ts'

const tile = photoRecord({ sizeCode: 'HR240x240', contentHash: 'tile' })
const largest = photoRecord({ sizeCode: 'HR648x648', contentHash: 'largest', widthPx: 648, heightPx: 648 })
const thumbnail = photoRecord({ sizeCode: 'HR48x48', contentHash: 'thumbnail', widthPx: 64, heightPx: 64 })
const medium = photoRecord({ sizeCode: 'HR120x120', contentHash: 'medium', widthPx: 120, heightPx: 120 })
const broken = photoRecord({
  sizeCode: 'HR240x240',
  contentHash: 'broken',
  isDecodable: false,
  widthPx: null,
  heightPx: null,
})

describe('the picture of a tile', () => {
  it.each([
    ['the tile’s own size', [thumbnail, tile, largest], 'tile'],
    ['the largest where the tile’s size was not asked', [thumbnail, medium, largest], 'largest'],
    ['the biggest of the others', [thumbnail, medium], 'medium'],
    ['another where the tile’s size does not decode', [broken, largest], 'largest'],
    ['none where nothing decodes', [broken], undefined],
  ])('is %s', (_, records, contentHash) => {
    expect(summarizePhotos(records, DEFAULT_AUDIT_POLICY, (found) => [...found]).tile?.contentHash).toBe(contentHash)
  })

  it('is gone when a later answer says that there is no photo any more', () => {
    const gone = photoRecord({ sizeCode: 'HR648x648', verdict: 'absent', contentHash: null, checkedMs: 2_000_000 })
    expect(summarizePhotos([tile, gone], DEFAULT_AUDIT_POLICY, (found) => [...found])).toMatchObject({
      state: 'none',
      tile: null,
    })
  })
})
