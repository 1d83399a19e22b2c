import { type ReadDirectoryOptions, type ReadDirectoryOutcome, readDirectory } from './read-directory.ts'
import { readDirectoryByPages } from './read-directory-by-pages.ts'

/**
 * Reads the whole directory by the cheapest way that loses nobody: by pages where the server proves that it has them, else by
 * prefix narrowing, which costs many times the requests. `requests` counts what finding that out cost, too.
 * @see docs/decisions/0007-reading-the-directory.md
 */
export async function readWholeDirectory(options: ReadDirectoryOptions): Promise<ReadDirectoryOutcome> {
  const paged = await readDirectoryByPages(options)
  if (paged.kind === 'done') return { ...paged, isComplete: true }
  if (paged.kind !== 'unusable') return paged
  const narrowed = await readDirectory(options)
  return narrowed.kind === 'done' ? { ...narrowed, requests: narrowed.requests + paged.requests } : narrowed
}
