import type { Database } from 'better-sqlite3'
import { z } from 'zod'
import { peopleWindowSchema } from '../../shared/contract/people.ts'
import type { OpeningRepository } from '../core/people/ports.ts'
import type { Guard } from './guard.ts'

const answerJson = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(peopleWindowSchema)

/** The opening screen in SQLite. */
export function createOpeningRepository(db: Database, guard: Guard): OpeningRepository {
  const find = db.prepare<[string], string>('SELECT answer FROM opening_screen WHERE question = ?').pluck()
  const save = db.prepare<[string, string]>(
    'INSERT OR REPLACE INTO opening_screen (id, question, answer) VALUES (1, ?, ?)',
  )
  return {
    find: (question) =>
      guard('opening.find', () => {
        const kept = answerJson.safeParse(find.get(question))
        return kept.success ? kept.data : null
      }),
    save: (question, answer) => guard('opening.save', () => void save.run(question, JSON.stringify(answer))),
  }
}
