import { describe, expect, it } from 'vitest'
import type { DirectoryAnswer, DirectorySource, PeoplePageAnswer } from '../../../../src/main/core/people/ports.ts'
import { readDirectoryByPages } from '../../../../src/main/core/people/read-directory-by-pages.ts'
import { readRooms } from '../../../../src/main/core/people/read-rooms.ts'
import type { AppError } from '../../../../src/shared/errors.ts'
import type { Person } from '../../../../src/shared/people.ts'
import { address, somePerson } from '../../../support/people.ts'

const at = (local: string) => address(`${local}@x.example`)
const odd: AppError = { code: 'unexpected-answer', endpoint: 'https://x', status: 200, detail: 'x' }

interface Quirks {
  /** Pages are never longer than this, whatever is asked. */
  readonly pageLimit?: number
  readonly counts?: 'all' | 'none' | 'page'
  /** Whether offsets mean anything. */
  readonly isPaged?: boolean
  /** Whom FindPeople leaves out. */
  readonly hidden?: readonly Person[]
  readonly error?: AppError
}

function directoryOf(
  people: readonly Person[],
  { pageLimit = 250, counts = 'all', isPaged = true, hidden = [], error }: Quirks = {},
) {
  const asked: string[] = []
  const fold = (text: string) =>
    text
      .normalize('NFD')
      .replace(/\p{Mn}/gu, '')
      .toLowerCase()
  const matching = (text: string) =>
    people.filter((one) => [one.address, one.givenName, one.surname].some((name) => fold(name).startsWith(text)))
  const source: DirectorySource = {
    async findPeople(text, offset, limit): Promise<PeoplePageAnswer> {
      asked.push(`${text} ${offset}`)
      if (error !== undefined) return { kind: 'failed', error }
      const found = matching(text).filter((one) => !hidden.includes(one))
      const page = found.slice(isPaged ? offset : 0).slice(0, Math.min(limit, pageLimit))
      const total = counts === 'none' ? null : counts === 'page' ? page.length : found.length
      return { kind: 'page', people: page, loaded: page.length, total }
    },
    async resolveNames(text): Promise<DirectoryAnswer> {
      const found = matching(text)
      return { kind: 'people', people: found.slice(0, 100), isComplete: found.length <= 100 }
    },
    expandList: async () => ({ kind: 'people', people: [], isComplete: true }),
  }
  return { source, asked }
}

async function read(source: DirectorySource, signal = new AbortController().signal) {
  const seen: Person[] = []
  const fractions: number[] = []
  const outcome = await readDirectoryByPages({
    source,
    signal,
    concurrency: 3,
    onPeople: (people) => seen.push(...people),
    onProgress: ({ fractionDone }) => fractions.push(fractionDone),
  })
  return { outcome, seen, addresses: new Set(seen.map((one) => one.address)), fractions }
}

const many = Array.from({ length: 700 }, (_, index) => somePerson(`Anna Nr${index}`, { address: at(`anna.${index}`) }))

describe('reading the directory by pages', () => {
  it.each<[string, Quirks]>([
    ['a server that counts', {}],
    ['a server that does not count', { counts: 'none' }],
    ['a server whose count is that of the page', { counts: 'page' }],
    ['a server with shorter pages than asked for', { pageLimit: 40 }],
  ])('reads every page of %s, and tells of each person once', async (_, quirks) => {
    const { outcome, seen, addresses } = await read(directoryOf(many, quirks).source)
    expect(outcome).toMatchObject({ kind: 'done' })
    expect(seen).toHaveLength(700)
    expect(addresses.size).toBe(700)
  })

  it('loses nobody whose name and address begin with a letter of any script that was seen', async () => {
    const names = [
      'Å',
      '山田 太郎',
      '山本 花子',
      'Ωmega Σigma',
      'Σωκράτης Ω',
      'كريم صالح',
      'Жанна Щука',
      'Щерба Ж',
      '김 민준',
      '민 김',
    ]
    const taught = names.map((name, index) => somePerson(name, { address: at(`p${index}`) }))
    const strange = [
      somePerson('山崎 誠', { address: at('山崎') }),
      somePerson('_svc', { address: at('_svc'), givenName: 'Щ' }),
    ]
    const { outcome, addresses } = await read(directoryOf([...taught, ...strange]).source)
    expect(outcome).toMatchObject({ kind: 'done' })
    expect([...addresses].sort()).toEqual([...taught, ...strange].map((one) => one.address).sort())
  })

  it.each<[string, Quirks]>([
    ['offsets mean nothing', { isPaged: false }],
    ['FindPeople leaves somebody out', { hidden: many.slice(3, 4) }],
    ['FindPeople is not spoken', { error: odd }],
  ])('says that it is not to be relied on where %s', async (_, quirks) => {
    const { outcome } = await read(directoryOf(many, quirks).source)
    expect(outcome).toMatchObject({ kind: 'unusable' })
  })

  it('finds out with one request that FindPeople is not spoken', async () => {
    const { source, asked } = directoryOf(many, { error: odd })
    expect((await read(source)).outcome).toEqual({ kind: 'unusable', requests: 1 })
    expect(asked).toHaveLength(1)
    const { findPeople: _, ...without } = source
    expect((await read(without)).outcome).toMatchObject({ kind: 'unusable' })
  })

  it('ends when it is cancelled, or the sign-in is refused', async () => {
    expect((await read(directoryOf(many).source, AbortSignal.abort())).outcome).toEqual({ kind: 'cancelled' })
    const refused: AppError = { code: 'unauthorized', endpoint: 'https://x', hint: 'wrong-password' }
    expect((await read(directoryOf(many, { error: refused }).source)).outcome).toEqual({
      kind: 'failed',
      error: refused,
    })
  })

  it('shows progress that never falls', async () => {
    const { fractions } = await read(directoryOf(many).source)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
  })
})

describe('readRooms', () => {
  const signal = new AbortController().signal
  const base = directoryOf([]).source
  const list = somePerson('Rooms', { address: at('rooms'), kind: 'list' })
  const broken = somePerson('Other rooms', { address: at('other'), kind: 'list' })
  const room = somePerson('Room', { address: at('room'), kind: 'room' })

  it('reads the rooms of every list, and goes on without a list that cannot be read', async () => {
    const source: DirectorySource = {
      ...base,
      listRoomLists: async () => ({ kind: 'people', people: [list, broken], isComplete: true }),
      listRooms: async (address) =>
        address === list.address
          ? { kind: 'people', people: [room], isComplete: true }
          : { kind: 'failed', error: { code: 'unknown-person', address } },
    }
    expect(await readRooms(source, signal)).toEqual({ rooms: [room], requests: 3 })
  })

  it('brings none where there are no lists of rooms', async () => {
    expect((await readRooms(base, signal)).rooms).toEqual([])
    const refusing: DirectorySource = { ...base, listRoomLists: async () => ({ kind: 'failed', error: odd }) }
    expect((await readRooms(refusing, signal)).rooms).toEqual([])
  })
})
