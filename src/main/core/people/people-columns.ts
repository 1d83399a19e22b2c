import { FINDING_CODES, MAILBOX_KINDS, type Person, PHOTO_STATES, type PhotoSummary } from '../../../shared/people.ts'
import { domainOf } from '../../../shared/smtp-address.ts'

/** Names that many people share, as small numbers. */
export class NameTable {
  readonly names: string[] = []
  readonly #numbers = new Map<string, number>()

  numberOf(name: string): number {
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.names.length)
    return this.names.push(name) - 1
  }

  /** The number of a name that may not be there; -1 then. */
  find(name: string): number {
    return this.#numbers.get(name) ?? -1
  }
}

/** The rank of people who have no picture or no finding: after everybody else. */
export const LAST_RANK = 0xffff

/** What filters, chips and orders look at, a column each, indexed by a person's id. */
export class PeopleColumns {
  readonly departments = new NameTable()
  readonly offices = new NameTable()
  /** What addresses end in, `@` included. */
  readonly domains = new NameTable()
  state = new Uint8Array(0)
  /** Findings as bits, in the order of FINDING_CODES. */
  findings = new Uint16Array(0)
  kind = new Uint8Array(0)
  department = new Uint32Array(0)
  office = new Uint32Array(0)
  domain = new Uint32Array(0)
  /** The longer side of the tile's picture, px. */
  pixels = new Uint16Array(0)
  /** The tile's picture's bytes, and when it changed (ms); -1: no picture. */
  bytes = new Float64Array(0)
  changed = new Float64Array(0)

  setPerson(id: number, person: Pick<Person, 'address' | 'kind' | 'department' | 'office'>): void {
    if (id >= this.kind.length) this.#grow()
    this.kind[id] = MAILBOX_KINDS.indexOf(person.kind)
    this.department[id] = this.departments.numberOf(person.department)
    this.office[id] = this.offices.numberOf(person.office)
    this.domain[id] = this.domains.numberOf(`@${domainOf(person.address)}`)
  }

  setPhoto(id: number, { state, findings, tile }: PhotoSummary): void {
    this.state[id] = PHOTO_STATES.indexOf(state)
    this.findings[id] = findings.reduce((bits, finding) => bits | (1 << FINDING_CODES.indexOf(finding)), 0)
    this.pixels[id] = tile === null ? LAST_RANK : Math.min(Math.max(tile.widthPx, tile.heightPx), LAST_RANK - 1)
    this.bytes[id] = tile?.bytes ?? -1
    this.changed[id] = tile?.changedMs ?? -1
  }

  #grow(): void {
    const length = Math.max(1024, this.kind.length * 2)
    const grown = <Column extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(
      column: Column,
      larger: Column,
    ): Column => {
      larger.set(column)
      return larger
    }
    this.state = grown(this.state, new Uint8Array(length))
    this.findings = grown(this.findings, new Uint16Array(length))
    this.kind = grown(this.kind, new Uint8Array(length))
    this.department = grown(this.department, new Uint32Array(length))
    this.office = grown(this.office, new Uint32Array(length))
    this.domain = grown(this.domain, new Uint32Array(length))
    this.pixels = grown(this.pixels, new Uint16Array(length))
    this.bytes = grown(this.bytes, new Float64Array(length))
    this.changed = grown(this.changed, new Float64Array(length))
  }
}
