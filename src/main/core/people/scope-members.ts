import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { KeptScope } from './ports.ts'

/** Who is in which saved list, as marks that a search can look at: one a person, by id. */
export class ScopeMembers {
  readonly #idOf: (address: SmtpAddress) => number | undefined
  #lists = new Map<string, readonly SmtpAddress[]>()
  #version = 0
  #marks = new Uint8Array(0)
  #marksKey = ''

  constructor(idOf: (address: SmtpAddress) => number | undefined) {
    this.#idOf = idOf
  }

  /** Grows whenever lists change. */
  get version(): number {
    return this.#version
  }

  set(scopes: Iterable<KeptScope>): void {
    this.#lists = new Map()
    for (const { id, definition } of scopes) {
      if (definition.kind === 'addresses') this.#lists.set(id, definition.addresses)
    }
    this.#version += 1
  }

  /** Marks of 1 for whoever is in the list; nobody is in a list that is not there. `peopleVersion` grows when people come. */
  marksOf(scopeId: string, size: number, peopleVersion: number): Uint8Array {
    const key = JSON.stringify([scopeId, this.#version, peopleVersion])
    if (this.#marksKey === key) return this.#marks
    const marks = new Uint8Array(size)
    for (const address of this.#lists.get(scopeId) ?? []) {
      const id = this.#idOf(address)
      if (id !== undefined) marks[id] = 1
    }
    this.#marks = marks
    this.#marksKey = key
    return marks
  }
}
