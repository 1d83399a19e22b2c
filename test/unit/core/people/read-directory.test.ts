import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DirectoryAnswer, DirectorySource } from '../../../../src/main/core/people/ports.ts'
import { type DirectoryProgress, readDirectory } from '../../../../src/main/core/people/read-directory.ts'
import type { AppError } from '../../../../src/shared/errors.ts'
import type { Person } from '../../../../src/shared/people.ts'
import { parseSmtpAddress } from '../../../../src/shared/smtp-address.ts'

function person(address: string, displayName = '', office = ''): Person {
  const parsed = parseSmtpAddress(address)
  if (parsed === null) throw new Error(`not an address: ${address}`)
  const [givenName = '', surname = ''] = displayName.split(' ')
  const rest = { alias: '', title: '', department: '', company: '', manager: '', phones: [] }
  return { ...rest, address: parsed, displayName, givenName, surname, office, kind: 'person' }
}

/** A directory that resolves names as Exchange does, cut off at `limit`, in an order that means nothing. */
function directoryOf(
  people: readonly Person[],
  limit: number,
  knowsRouting = true,
): DirectorySource & { asked: string[] } {
  const asked: string[] = []
  const tokens = (one: Person) => [one.address, one.displayName, one.givenName, one.surname, one.office]
  return {
    asked,
    async resolveNames(text): Promise<DirectoryAnswer> {
      asked.push(text)
      const isRouted = knowsRouting && text.startsWith('smtp:')
      const prefix = isRouted ? text.slice('smtp:'.length) : text
      const matches = people.filter((one) =>
        (isRouted ? [one.address] : tokens(one)).some((token) => token.toLowerCase().startsWith(prefix)),
      )
      const start = (asked.length * 7) % Math.max(1, matches.length)
      const found = [...matches.slice(start), ...matches.slice(0, start)].slice(0, limit)
      return { kind: 'people', people: found, isComplete: matches.length <= limit }
    },
    expandList: async () => ({ kind: 'people', people: [], isComplete: true }),
  }
}

async function read(source: DirectorySource, concurrency = 3, signal = new AbortController().signal) {
  const seen: Person[] = []
  const progress: DirectoryProgress[] = []
  const outcome = await readDirectory({
    source,
    signal,
    concurrency,
    onPeople: (people) => seen.push(...people),
    onProgress: (now) => progress.push(now),
  })
  return { outcome, seen, progress, addresses: new Set(seen.map((one) => one.address)) }
}

const localPart = fc.string({ unit: fc.constantFrom(..."aabbnn12.-_+'"), minLength: 1, maxLength: 8 })
const name = fc.string({ unit: fc.constantFrom(...'abnÅ山é '), maxLength: 6 })
const directory = fc
  .uniqueArray(fc.record({ local: localPart, name, office: fc.constantFrom('aarhus', 'bonn') }), {
    selector: (one) => one.local,
    maxLength: 60,
  })
  .map((entries) => entries.map((one) => person(`${one.local}@x.example`, one.name, one.office)))

describe('reading the whole directory', () => {
  it.each([true, false])(
    'loses nobody, whatever the names, and says that it is complete (routing prefix known: %s)',
    async (knowsRouting) => {
      await fc.assert(
        fc.asyncProperty(directory, fc.integer({ min: 3, max: 9 }), async (people, limit) => {
          const { outcome, addresses } = await read(directoryOf(people, limit, knowsRouting))
          // Whoever's address begins with a sign is asked for only when somebody else's taught that; all others must be there.
          const askable = people.filter((one) => /^[a-z0-9]/.test(one.address))
          expect(askable.filter((one) => !addresses.has(one.address))).toEqual([])
          expect(outcome).toMatchObject({ kind: 'done', isComplete: true })
        }),
        { numRuns: knowsRouting ? 200 : 100 },
      )
    },
  )

  it('tells of each person once', async () => {
    const people = Array.from({ length: 300 }, (_, index) => person(`p${index}@x.example`, `Per Nr${index}`))
    const { seen, addresses } = await read(directoryOf(people, 20))
    expect(seen).toHaveLength(300)
    expect(addresses.size).toBe(300)
  })

  it('learns first letters of addresses from people who were found by their names', async () => {
    const people = Array.from({ length: 40 }, (_, index) =>
      person(`_svc${index}@x.example`, index === 7 ? 'Anna' : '日本'),
    )
    const { addresses } = await read(directoryOf(people, 10))
    expect(addresses.size).toBe(40)
  })

  it('asks for a sign that was seen in one address wherever a prefix was cut off', async () => {
    const plain = Array.from({ length: 40 }, (_, index) => person(`a${index}@x.example`))
    const { addresses } = await read(directoryOf([...plain, person('b&b@x.example'), person('a&z@x.example')], 10))
    expect([...addresses]).toContain('a&z@x.example')
  })

  it('is not led astray by an office that everybody shares', async () => {
    const people = Array.from({ length: 200 }, (_, index) => person(`u${index}@x.example`, `N${index} S`, 'Helsinki'))
    const source = directoryOf(people, 50)
    const { outcome, addresses } = await read(source)
    expect(addresses.size).toBe(200)
    expect(outcome).toMatchObject({ isComplete: true })
    expect(source.asked.filter((text) => text.includes('he'))).toEqual([])
  })

  it('reads a small directory with one question a letter', async () => {
    const { outcome } = await read(directoryOf([person('a@x.example'), person('b@x.example')], 100))
    expect(outcome).toEqual({ kind: 'done', requests: 36, isComplete: true })
  })

  it('never asks the same twice, and never more at once than allowed', async () => {
    const people = Array.from({ length: 400 }, (_, index) => person(`${index.toString(36)}@x.example`))
    const inner = directoryOf(people, 10)
    let running = 0
    let most = 0
    const source: DirectorySource = {
      ...inner,
      async resolveNames(text, signal) {
        most = Math.max(most, ++running)
        await new Promise((resolve) => setImmediate(resolve))
        running -= 1
        return inner.resolveNames(text, signal)
      },
    }
    const { addresses } = await read(source, 4)
    expect(addresses.size).toBe(400)
    expect(most).toBe(4)
    expect(new Set(inner.asked).size).toBe(inner.asked.length)
  })

  it('shows progress that never falls and ends at 1', async () => {
    const people = Array.from({ length: 300 }, (_, index) => person(`p${index}@x.example`))
    const { progress } = await read(directoryOf(people, 20))
    const fractions = progress.map((one) => one.fractionDone)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(fractions.at(-1)).toBeCloseTo(1)
    expect(progress.at(-1)?.people).toBe(300)
  })

  it('says that it is not complete when an answer stays cut off at the end of the alphabet', async () => {
    const stubborn: DirectorySource = {
      resolveNames: async (text) => ({
        kind: 'people',
        people: [person('a@x')],
        isComplete: !'smtp:a@x'.startsWith(text) && text !== 'a' && !/^smtp:a@xa*$/.test(text),
      }),
      expandList: async () => ({ kind: 'people', people: [], isComplete: true }),
    }
    const { outcome } = await read(stubborn)
    expect(outcome).toMatchObject({ kind: 'done', isComplete: false })
  })
})

describe('reading the directory from a server that is not well', () => {
  const people = Array.from({ length: 30 }, (_, index) => person(`p${index}@x.example`))

  function failing(errorFor: (text: string, tries: number) => AppError | null): DirectorySource {
    const inner = directoryOf(people, 10)
    const tries = new Map<string, number>()
    return {
      ...inner,
      async resolveNames(text, signal) {
        const count = (tries.get(text) ?? 0) + 1
        tries.set(text, count)
        const error = errorFor(text, count)
        return error === null ? inner.resolveNames(text, signal) : { kind: 'failed', error }
      },
    }
  }

  const busy: AppError = { code: 'throttled', endpoint: 'https://x', retryAfterMs: 1 }
  const odd: AppError = { code: 'unexpected-answer', endpoint: 'https://x', status: 500, detail: 'x' }

  it('asks again after the server was busy', async () => {
    const { outcome, addresses } = await read(failing((_, tries) => (tries === 1 ? busy : null)))
    expect(addresses.size).toBe(30)
    expect(outcome).toMatchObject({ kind: 'done', isComplete: true })
  })

  it('goes on without one answer, and says that the list is not complete', async () => {
    const { outcome, addresses } = await read(failing((text) => (text === 'q' ? odd : null)))
    expect(addresses.size).toBe(30)
    expect(outcome).toMatchObject({ kind: 'done', isComplete: false })
  })

  it('gives up when nothing is answered any more', async () => {
    const { outcome } = await read(failing(() => odd))
    expect(outcome).toEqual({ kind: 'failed', error: odd })
  })

  it('asks nothing more after a refused sign-in', async () => {
    const refused: AppError = { code: 'unauthorized', endpoint: 'https://x', hint: 'wrong-password' }
    let asked = 0
    const source = failing(() => {
      asked += 1
      return refused
    })
    const { outcome } = await read(source, 1)
    expect(outcome).toEqual({ kind: 'failed', error: refused })
    expect(asked).toBe(1)
  })

  it('ends when it is cancelled, and asks nothing more', async () => {
    const cancel = new AbortController()
    const inner = directoryOf(people, 10)
    const source: DirectorySource = {
      ...inner,
      async resolveNames(text, signal) {
        if (inner.asked.length === 5) cancel.abort()
        return inner.resolveNames(text, signal)
      },
    }
    const { outcome } = await read(source, 2, cancel.signal)
    expect(outcome).toEqual({ kind: 'cancelled' })
    expect(inner.asked.length).toBeLessThan(10)
  })
})
