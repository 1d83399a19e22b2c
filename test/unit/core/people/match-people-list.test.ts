import { describe, expect, it } from 'vitest'
import { matchPeopleList } from '../../../../src/main/core/people/match-people-list.ts'
import { parsePeopleList } from '../../../../src/main/core/people/parse-people-list.ts'
import type { DirectoryAnswer } from '../../../../src/main/core/people/ports.ts'
import type { AppError } from '../../../../src/shared/errors.ts'
import type { Person } from '../../../../src/shared/people.ts'
import { address, somePerson } from '../../../support/people.ts'

const anna = somePerson('Anna Berg', { address: address('anna@x.example'), surname: 'Berg', givenName: 'Anna' })
const asa = somePerson('Åsa Öst', { address: address('asa@xn--bcher-kva.example') })
const rune = somePerson('Rune Ny', { address: address('rune@bücher.example') })
const twins = [1, 2].map((number) => somePerson('Kim Li', { address: address(`kim${number}@x.example`) }))

/** A server that knows these people; `answers` overrides what a text is answered with. */
function serverOf(people: readonly Person[], answers: Record<string, readonly Person[] | AppError> = {}) {
  const asked: string[] = []
  return {
    asked,
    async resolveNames(text: string): Promise<DirectoryAnswer> {
      asked.push(text)
      const scripted = answers[text]
      if (scripted !== undefined && 'code' in scripted) return { kind: 'failed', error: scripted }
      const wanted = text.replace(/^=?smtp:/, '')
      const found = scripted ?? people.filter((one) => one.address === wanted || one.displayName.startsWith(wanted))
      return { kind: 'people', people: found, isComplete: true }
    },
  }
}

async function match(
  text: string,
  known: readonly Person[],
  source: ReturnType<typeof serverOf> | null,
  signal = new AbortController().signal,
) {
  const entries = parsePeopleList(text)
  if (!entries.ok) throw new Error('not a list')
  const told: Person[] = []
  const result = await matchPeopleList({
    entries: entries.value,
    known: { find: (key) => known.find((one) => one.address === key) ?? null, iterateAll: () => known.values() },
    source,
    signal,
    onPeople: (people) => told.push(...people),
  })
  return { result, told, value: result.ok ? result.value : null }
}

describe('matchPeopleList', () => {
  it('finds the known without asking, each once, by address and by name', async () => {
    const server = serverOf([])
    const { value } = await match('ANNA@x.example\nanna@x.example\nanna berg\nBerg, Anna\nasa ost', [anna, asa], server)
    expect(value).toEqual({ entries: 5, addresses: [anna.address, asa.address], missing: [] })
    expect(server.asked).toEqual([])
  })

  it('takes both spellings of an international domain for one', async () => {
    const { value } = await match('asa@bücher.example\nrune@xn--bcher-kva.example', [asa, rune], null)
    expect(value?.addresses).toEqual([asa.address, rune.address])
  })

  it('asks the server for who is not known, and tells whom it found', async () => {
    const server = serverOf([anna, ...twins])
    const { value, told } = await match('anna@x.example\nnobody@x.example\nKim Li\nNo Body', [], server)
    expect(value).toEqual({
      entries: 4,
      addresses: [anna.address],
      missing: [
        { line: 2, text: 'nobody@x.example', address: 'nobody@x.example', reason: 'not-found', matches: 0 },
        { line: 3, text: 'Kim Li', address: null, reason: 'ambiguous', matches: 2 },
        { line: 4, text: 'No Body', address: null, reason: 'not-found', matches: 0 },
      ],
    })
    expect(told.map((one) => one.address)).toContain(anna.address)
  })

  it('takes a second address of a mailbox for that mailbox', async () => {
    const server = serverOf([], { '=smtp:a.berg@x.example': [anna] })
    expect((await match('a.berg@x.example', [], server)).value?.addresses).toEqual([anna.address])
  })

  it('never takes an address for a longer one that begins with it', async () => {
    const longer = somePerson('Anna', { address: address('anna@x.example.org') })
    const server = serverOf([], { 'smtp:anna@x.example': [longer] })
    expect((await match('anna@x.example', [], server)).value).toMatchObject({ addresses: [], missing: [{ line: 1 }] })
  })

  it('says who was not asked for where there is no server, and what is no address at all', async () => {
    const { value } = await match('bo@x.example\na@b@c', [], null)
    expect(value?.missing.map((entry) => entry.reason)).toEqual(['not-asked', 'not-an-address'])
  })

  it('asks for a long list only in part, and says so', async () => {
    const text = Array.from({ length: 300 }, (_, index) => `p${index}@x.example`).join('\n')
    const server = serverOf([])
    const { value } = await match(text, [], server)
    expect(value?.missing.filter((entry) => entry.reason === 'not-asked')).toHaveLength(100)
    expect(server.asked.length).toBeLessThanOrEqual(400)
  })

  it('asks again when the server is busy, and nothing more after a refused sign-in', async () => {
    const busy: AppError = { code: 'throttled', endpoint: 'https://x', retryAfterMs: 1 }
    const once = serverOf([anna])
    let isFirst = true
    const source = {
      ...once,
      resolveNames: async (text: string): Promise<DirectoryAnswer> => {
        if (!isFirst) return once.resolveNames(text)
        isFirst = false
        return { kind: 'failed', error: busy }
      },
    }
    expect((await match('anna@x.example', [], source)).value?.addresses).toEqual([anna.address])
    const refused: AppError = { code: 'unauthorized', endpoint: 'https://x', hint: 'wrong-password' }
    const server = serverOf([], { '=smtp:a@x.example': refused })
    const { result } = await match('a@x.example', [], server)
    expect(result).toEqual({ ok: false, error: refused })
    expect(server.asked).toHaveLength(1)
  })

  it('ends when it is cancelled', async () => {
    const cancelled = AbortSignal.abort()
    expect((await match('a@x.example', [], serverOf([]), cancelled)).result).toMatchObject({
      error: { code: 'cancelled' },
    })
  })
})
