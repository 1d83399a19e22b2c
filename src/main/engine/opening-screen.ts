import { isDeepStrictEqual } from 'node:util'
import type { PeopleWindow } from '../../shared/contract/people.ts'
import type { PeopleQuery } from '../../shared/people.ts'
import { isOpen } from '../core/people/people-filter.ts'
import type { PeopleIndex } from '../core/people/people-index.ts'
import type { OpeningRepository } from '../core/people/ports.ts'
import { PEOPLE_AT_ONCE } from './fill-index.ts'

/** Rows of a question that are a screen, at most; the command line asks for more. */
const SCREEN_ROWS = 100

/** A window of people that is asked for. */
export interface PeopleQuestion {
  readonly query: PeopleQuery
  readonly offset: number
  readonly limit: number
}

/**
 * What the window shows first, as it was the last time: filling the index of a large directory takes seconds, and nobody has to
 * wait for them to see faces.
 */
export interface OpeningScreen {
  /** What was kept for such a question; null: nothing. */
  recall(question: PeopleQuestion): PeopleWindow | null
  /** Told of every question: of one for everybody's first rows, which is what a window begins with, note is taken. */
  note(question: PeopleQuestion): void
  /**
   * Keeps the answer to what was noted last, where filling the index takes time. Answers whether it is not what was kept. To be
   * called when the index is whole.
   */
  keep(): boolean
}

/** Makes the opening screen of an opened account. */
export function createOpeningScreen(repository: OpeningRepository, index: PeopleIndex): OpeningScreen {
  let noted: PeopleQuestion | null = null
  return {
    recall: (question) => (isOpening(question) ? repository.find(JSON.stringify(question)) : null),
    note(question) {
      if (isOpening(question)) noted = question
    },
    keep() {
      if (noted === null || index.size < PEOPLE_AT_ONCE) return false
      const key = JSON.stringify(noted)
      // It is told again how it was, whatever number it had then.
      const answer = { ...index.window(noted.query, noted.offset, noted.limit), revision: 0 }
      if (isDeepStrictEqual(repository.find(key), answer)) return false
      repository.save(key, answer)
      return true
    },
  }
}

function isOpening({ query, offset, limit }: PeopleQuestion): boolean {
  return offset === 0 && limit <= SCREEN_ROWS && isEverybody(query)
}

/** Whether a window asks for it beside its first screen, before anybody can have scrolled there. */
export function isBesideOpening({ query, offset }: PeopleQuestion): boolean {
  return offset > 0 && offset <= 2 * SCREEN_ROWS && isEverybody(query)
}

/** Whether a query finds everybody, as the one does that a window begins with. */
export function isEverybody({ text, scopeId, filter }: PeopleQuery): boolean {
  return text === '' && scopeId === undefined && isOpen(filter)
}
