import type { ExchangeConnector, ExchangeSession } from '../../src/main/core/connections/ports.ts'
import type { DirectoryAnswer } from '../../src/main/core/people/ports.ts'
import type { AppError } from '../../src/shared/errors.ts'
import type { Person } from '../../src/shared/people.ts'
import { fail, ok } from '../../src/shared/result.ts'
import { addressOf } from './photo-records.ts'
import type { ScriptedPhotos } from './scripted-photos.ts'

/** A person with what a directory would say. */
export function personOf(name: string, facts: Partial<Person> = {}): Person {
  return {
    address: addressOf(name),
    displayName: name,
    givenName: '',
    surname: '',
    alias: name,
    title: '',
    department: '',
    office: '',
    company: '',
    manager: '',
    phones: [],
    kind: 'person',
    ...facts,
  }
}

/** Exchange in memory: a directory, photos, and a sign-in that fails as long as a test wants it to. */
export function createScriptedConnector(photos: ScriptedPhotos, people: readonly Person[]) {
  let signInError: AppError | null = null
  const counts = { opened: 0, closed: 0, signIns: 0, resolved: 0 }

  function openSession(): ExchangeSession {
    counts.opened += 1
    const resolve = async (text: string): Promise<DirectoryAnswer> => {
      counts.resolved += 1
      const found = people.filter((person) => person.displayName.startsWith(text))
      return { kind: 'people', people: found.slice(0, 100), isComplete: found.length <= 100 }
    }
    return {
      photos,
      directory: { resolveNames: resolve, expandList: async () => ({ kind: 'people', people: [], isComplete: true }) },
      signIn: async () => {
        counts.signIns += 1
        return signInError === null ? ok({ scheme: 'ntlm' }) : fail(signInError)
      },
      close: async () => {
        counts.closed += 1
      },
    }
  }

  const connector: ExchangeConnector = {
    openSession,
    createAutodiscoverClient: () => {
      throw new Error('nothing is discovered here')
    },
  }
  return {
    connector,
    counts,
    failSignIn(error: AppError | null): void {
      signInError = error
    },
  }
}
