import type { PeopleSort } from '../../../shared/people.ts'

/** Columns of the table view, in the order in which they stand. */
export const TABLE_COLUMNS = [
  'name',
  'title',
  'department',
  'office',
  'photo',
  'pixels',
  'bytes',
  'changed',
  'finding',
] as const
export type TableColumn = (typeof TABLE_COLUMNS)[number]

/** What each column needs, CSS px, and its share of what is left. */
const WIDTHS: Record<TableColumn, { readonly minPx: number; readonly share: number }> = {
  name: { minPx: 210, share: 2 },
  title: { minPx: 130, share: 1.4 },
  department: { minPx: 130, share: 1.3 },
  office: { minPx: 90, share: 1 },
  photo: { minPx: 130, share: 1 },
  pixels: { minPx: 92, share: 0.4 },
  bytes: { minPx: 76, share: 0.4 },
  changed: { minPx: 100, share: 0.6 },
  finding: { minPx: 150, share: 1.4 },
}

/** Which columns a narrow window keeps first. */
const BY_IMPORTANCE: readonly TableColumn[] = [
  'name',
  'photo',
  'pixels',
  'department',
  'finding',
  'office',
  'bytes',
  'changed',
  'title',
]

const SORT_OF: Partial<Record<TableColumn, PeopleSort>> = {
  name: 'name',
  department: 'department',
  office: 'office',
  pixels: 'pixels',
  bytes: 'bytes',
  changed: 'changed',
  finding: 'finding',
}

/** The columns that a width (CSS px) has room for, the less important left out. The name is always there. */
export function columnsFor(widthPx: number): TableColumn[] {
  let leftPx = widthPx
  const chosen = new Set<TableColumn>()
  for (const column of BY_IMPORTANCE) {
    leftPx -= WIDTHS[column].minPx
    if (leftPx < 0 && chosen.size > 0) break
    chosen.add(column)
  }
  return TABLE_COLUMNS.filter((column) => chosen.has(column))
}

/** The columns as CSS wants them. */
export function columnTemplate(columns: readonly TableColumn[]): string {
  return columns.map((column) => `minmax(${WIDTHS[column].minPx}px, ${WIDTHS[column].share}fr)`).join(' ')
}

/** The order that a column's heading asks for; null: people are not sorted by it. */
export function sortOfColumn(column: TableColumn): PeopleSort | null {
  return SORT_OF[column] ?? null
}
