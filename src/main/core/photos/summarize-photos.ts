import type { AuditPolicy } from '../../../shared/audit.ts'
import type { FindingCode, PhotoSummary, TilePhoto } from '../../../shared/people.ts'
import type { PhotoRecord } from '../../../shared/photos.ts'
import { LARGEST_SIZE_CODE, TILE_SIZE_CODE } from '../../../shared/size-codes.ts'
import { assessPhoto } from '../audit/assess-photo.ts'

/** What a row of the grid says about a person's photo; `openOf` leaves out what is accepted. */
export function summarizePhotos(
  records: readonly PhotoRecord[],
  policy: AuditPolicy,
  openOf: (findings: readonly FindingCode[]) => FindingCode[],
): PhotoSummary {
  const { state, findings } = assessPhoto(records, policy)
  return { state, findings: openOf(findings), tile: state === 'none' ? null : chooseTile(records) }
}

/** The picture for a tile: the tile's own size, else the largest, else the biggest that is held. Never one that does not decode. */
export function chooseTile(records: readonly PhotoRecord[]): TilePhoto | null {
  const tiles = records.map(toTile).filter((tile) => tile !== null)
  return (
    tiles.find((tile) => tile.sizeCode === TILE_SIZE_CODE) ??
    tiles.find((tile) => tile.sizeCode === LARGEST_SIZE_CODE) ??
    tiles.reduce<TilePhoto | null>((best, tile) => (best === null || areaOf(tile) > areaOf(best) ? tile : best), null)
  )
}

function toTile(record: PhotoRecord): TilePhoto | null {
  const { verdict, isDecodable, contentHash, widthPx, heightPx, sizeCode, changedMs, firstSeenMs } = record
  if (verdict !== 'photo' || isDecodable !== true) return null
  if (contentHash === null || widthPx === null || heightPx === null) return null
  const isReplacement = changedMs !== null && firstSeenMs !== null && changedMs > firstSeenMs
  return { sizeCode, contentHash, widthPx, heightPx, bytes: record.bytes ?? 0, changedMs, isReplacement }
}

function areaOf(tile: TilePhoto): number {
  return tile.widthPx * tile.heightPx
}
