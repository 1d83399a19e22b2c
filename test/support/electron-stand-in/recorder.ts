/** One thing that the app asked of Electron. `detail` is plain data. */
export interface Recorded {
  readonly what: string
  readonly detail: unknown
}

const records: Recorded[] = []

/** Notes what was asked; functions in it are left out. */
export function record(what: string, detail: unknown = null): void {
  records.push({ what, detail: JSON.parse(JSON.stringify(detail)) })
}

/** Everything that was asked so far, in order. */
export function listRecords(): readonly Recorded[] {
  return records
}
