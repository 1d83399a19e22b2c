import { DIRECTORY_SIZE_CODE } from '../../../shared/size-codes.ts'
import type { LdapThumbnail } from '../ldap/ports.ts'
import type { Clock } from '../ports.ts'
import type { PhotoChange, PhotoRepository, PictureProbe } from './ports.ts'

export interface KeepThumbnailsDeps {
  readonly photos: Pick<PhotoRepository, 'find'>
  readonly probe: PictureProbe
  readonly contentHash: (bytes: Uint8Array) => string
  readonly clock: Clock
  readonly save: (change: PhotoChange) => Promise<unknown>
}

/**
 * Keeps pictures that LDAP gave as the directory's (HR48x48), which is what Exchange answers for that size code. One that
 * does not decode never takes the place of one that does.
 * @see protocol.md 1.3
 */
export async function keepThumbnails(deps: KeepThumbnailsDeps, thumbnails: readonly LdapThumbnail[]): Promise<void> {
  await Promise.all(thumbnails.map((thumbnail) => keep(deps, thumbnail)))
}

async function keep(
  { photos, probe, contentHash, clock, save }: KeepThumbnailsDeps,
  { address, bytes, askedUrl }: LdapThumbnail,
): Promise<void> {
  const facts = await probe.probe(bytes)
  const held = photos.find(address, DIRECTORY_SIZE_CODE)?.record
  if (!facts.isDecodable && held?.verdict === 'photo' && held.isDecodable === true) return
  const picture = { contentHash: contentHash(bytes), bytes, facts }
  await save({
    ...{ kind: 'photo', status: null, address, sizeCode: DIRECTORY_SIZE_CODE, atMs: clock.nowMs(), askedUrl, picture },
    ...{ etag: null, contentType: null, freshUntilMs: null },
  })
}
