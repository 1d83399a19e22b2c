import type { SizeCode } from '../../../shared/size-codes.ts'
import { DIRECTORY_SIZE_CODE, LARGEST_SIZE_CODE, sizeCodePx } from '../../../shared/size-codes.ts'
import type { PhotoPlan, StoredPlan } from './plan-photo.ts'

/** What has to be done to a drawing before it is served. */
export type Treatment = 'mailbox' | 'directory' | 'truncated' | 'png' | 'empty' | 'location' | 'huge'

/** One picture to be made: the same order gives the same bytes. */
export interface PictureOrder extends StoredPlan {
  readonly treatment: Treatment
}

function treatmentOf(plan: PhotoPlan, sizeCode: SizeCode): Treatment {
  switch (plan.photoCase) {
    case 'truncated':
      return 'truncated'
    case 'png-as-jpeg':
      return 'png'
    case 'empty':
      return 'empty'
    case 'location':
      return sizeCode === LARGEST_SIZE_CODE ? 'location' : 'mailbox'
    case 'huge':
      return sizeCode === LARGEST_SIZE_CODE ? 'huge' : 'mailbox'
    default:
      return 'mailbox'
  }
}

/** Scales so that the longer side is at most `sidePx`; never up. */
function fit(stored: StoredPlan, sidePx: number): StoredPlan {
  const factor = Math.min(1, sidePx / Math.max(stored.widthPx, stored.heightPx))
  return {
    picture: stored.picture,
    widthPx: Math.max(1, Math.round(stored.widthPx * factor)),
    heightPx: Math.max(1, Math.round(stored.heightPx * factor)),
  }
}

/**
 * Which picture answers a size code; null: none (404).
 * HR48x48 is the directory thumbnail wherever there is one. A size that is not available, because the original is smaller,
 * is answered with the largest available; no photo in the mailbox with the directory thumbnail.
 * @see "User photos in EWS in Exchange 2013", User photo sizes
 */
export function choosePicture(plan: PhotoPlan, sizeCode: SizeCode): PictureOrder | null {
  const { mailbox, thumbnail } = plan
  if (thumbnail !== null && (sizeCode === DIRECTORY_SIZE_CODE || mailbox === null)) {
    return { ...thumbnail, treatment: 'directory' }
  }
  if (mailbox === null) return null
  const treatment = treatmentOf(plan, sizeCode)
  if (treatment === 'huge') return { ...mailbox, treatment }
  return { ...fit(mailbox, sizeCodePx(sizeCode)), treatment }
}
