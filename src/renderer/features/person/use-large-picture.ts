import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { photoUrl } from '../../../shared/photo-url.ts'
import type { PhotoRecord } from '../../../shared/photos.ts'
import { LARGEST_SIZE_CODE } from '../../../shared/size-codes.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import { useEngine } from '../../api/engine-context.tsx'
import { recordUrl } from './record-words.ts'

/** The largest picture of a person. */
export interface LargePicture {
  /** What is known of it; null until the library has answered. */
  readonly record: PhotoRecord | null
  /** Its address; null when there is none to show, or the library has not answered yet. */
  readonly src: string | null
}

/** Reads what the library has of the largest picture; where it was never asked for, its address makes sure that it is. */
export function useLargePicture(address: SmtpAddress, photoBase: string): LargePicture {
  const { queries } = useEngine()
  const records = useQuery(queries.photos.list.queryOptions({ input: { address } })).data
  const record = records?.find(({ sizeCode }) => sizeCode === LARGEST_SIZE_CODE) ?? null
  const [first, setFirst] = useState<{ address: SmtpAddress; src: string | null } | null>(null)
  const held = record === null ? null : recordUrl(record, photoBase)
  const asks = record !== null && record.verdict === 'not-asked' && record.error === null
  const src = asks ? photoUrl(photoBase, { person: address, size: LARGEST_SIZE_CODE }) : held
  // The address that asked goes on being shown when the answer is known: the same picture is not loaded twice.
  const isSame = first?.address === address
  if (record !== null && !isSame) setFirst({ address, src: asks ? src : null })
  return { record, src: (isSame && record?.verdict === 'photo' ? first.src : null) ?? src }
}
