import type { AppError } from '../../../shared/errors.ts'
import { LibraryFault, type Log } from '../ports.ts'

/**
 * Names what was thrown: a library that failed is an expected failure, everything else a bug, which is logged under a new id
 * of which only the id may cross to people.
 */
export function describeThrown(log: Log, where: string, cause: unknown): AppError {
  if (cause instanceof LibraryFault) return cause.error
  const incidentId = crypto.randomUUID().slice(0, 8)
  const facts = cause instanceof Error ? { name: cause.name, message: cause.message, stack: cause.stack } : {}
  log.error('incident', { incidentId, where, ...facts })
  return { code: 'incident', incidentId }
}
