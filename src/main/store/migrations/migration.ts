/** One step of the schema. A step that was released is never edited; what must change gets a step of its own. */
export interface Migration {
  /** The schema's version after this step: 1, 2, 3 … */
  readonly version: number
  readonly name: string
  readonly sql: string
}
