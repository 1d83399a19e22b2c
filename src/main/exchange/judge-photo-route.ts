import type { PhotoAnswer } from '../core/photos/ports.ts'

/** Statuses that say that the server does not do this at all. */
const REFUSING = new Set([405, 501])

/**
 * What an answer says about the way it came: `open`: it can be asked so; `closed`: it cannot; `doubtful`: a page, a redirect
 * or a host that is not there, which may be this one answer's or this moment's.
 * @see protocol.md 1.2
 */
export function judgeRoute(answer: PhotoAnswer): 'open' | 'closed' | 'doubtful' {
  if (answer.kind !== 'failed') return 'open'
  const { error, status } = answer
  if (status !== null && REFUSING.has(status)) return 'closed'
  switch (error.code) {
    case 'redirect-refused':
    case 'certificate-untrusted':
      return 'doubtful'
    case 'unreachable':
      return error.reason === 'ENOTFOUND' || error.reason === 'ECONNREFUSED' ? 'doubtful' : 'open'
    case 'unexpected-answer':
      return status === 200 || (status !== null && status >= 300 && status < 400) ? 'doubtful' : 'open'
    default:
      return 'open'
  }
}
