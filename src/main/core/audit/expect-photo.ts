import type { AuditPolicy } from '../../../shared/audit.ts'
import type { MailboxKind, PhotoState } from '../../../shared/people.ts'
import type { PhotoRecord } from '../../../shared/photos.ts'
import { assessPhoto, type PhotoAssessment } from './assess-photo.ts'

/** What is no failing of a list: it has no picture, nobody asked for one, or it has no mailbox that could hold one. */
const WITHOUT_PICTURE: ReadonlySet<PhotoState> = new Set<PhotoState>(['none', 'not-asked', 'not-available-here'])

/**
 * Whether nobody expects a photo: a distribution list is not a person without one, and is not counted as one. A list that has
 * a picture all the same is judged like everybody, and a failure stays a failure.
 * @param state what the answers come to, whosever they are
 */
export function isNoneExpected(kind: MailboxKind, state: PhotoState, hasPicture: boolean): boolean {
  return kind === 'list' && !hasPicture && WITHOUT_PICTURE.has(state)
}

/** What `assessPhoto` says of the records, seen with whose they are. */
export function assessMailbox(
  kind: MailboxKind,
  records: readonly PhotoRecord[],
  policy: AuditPolicy,
): PhotoAssessment {
  const assessment = assessPhoto(records, policy)
  return isNoneExpected(kind, assessment.state, assessment.best !== null)
    ? { state: 'not-expected', findings: [], best: null, reason: null }
    : assessment
}
