import type { PeopleQuery, PersonRow } from '../../shared/people.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'

/** Whether photos decide who is in the query's answer, or in what order. */
export function dependsOnPhotos({ filter, sort }: PeopleQuery): boolean {
  const isPhotoSort = sort === 'pixels' || sort === 'bytes' || sort === 'changed' || sort === 'finding'
  return filter.states.length > 0 || filter.findings.length > 0 || isPhotoSort
}

/** Rows with news of some people's photos in their place; the same rows where none is among them. */
export function patchRows(
  page: readonly PersonRow[],
  changed: ReadonlyMap<SmtpAddress, PersonRow>,
): readonly PersonRow[] {
  return page.some((row) => changed.has(row.address))
    ? page.map((row) => {
        const next = changed.get(row.address)
        return next === undefined ? row : withMatchesOf(row, next)
      })
    : page
}

/** News of a photo say nothing of a search: by what the person was found stays. */
function withMatchesOf({ matches }: PersonRow, next: PersonRow): PersonRow {
  return matches === undefined ? next : { ...next, matches }
}
