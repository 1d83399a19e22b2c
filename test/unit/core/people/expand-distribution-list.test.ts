import { describe, expect, it } from 'vitest'
import { expandDistributionList } from '../../../../src/main/core/people/expand-distribution-list.ts'
import type { DirectoryAnswer } from '../../../../src/main/core/people/ports.ts'
import type { AppError } from '../../../../src/shared/errors.ts'
import type { SmtpAddress } from '../../../../src/shared/smtp-address.ts'
import { address, somePerson } from '../../../support/people.ts'

const at = (local: string) => address(`${local}@x.example`)
const signal = new AbortController().signal

/** Lists by their local part; a member that begins with `dl.` is a list. */
function directoryOf(lists: Record<string, readonly string[]>, failures: Record<string, AppError> = {}, cut = '') {
  const asked: string[] = []
  return {
    asked,
    async expandList(list: SmtpAddress): Promise<DirectoryAnswer> {
      const name = list.split('@')[0] ?? ''
      asked.push(name)
      const error = failures[name]
      if (error !== undefined) return { kind: 'failed', error }
      const people = (lists[name] ?? []).map((member) =>
        somePerson(member, { address: at(member), kind: member.startsWith('dl.') ? 'list' : 'person' }),
      )
      return { kind: 'people', people, isComplete: name !== cut }
    },
  }
}

async function expand(source: ReturnType<typeof directoryOf>, list = 'dl.all') {
  const result = await expandDistributionList(source, at(list), signal)
  return result.ok ? { ...result.value, people: result.value.people.map((one) => one.address).sort() } : result.error
}

describe('expandDistributionList', () => {
  it('goes down nested lists, and takes each member once', async () => {
    const source = directoryOf({
      'dl.all': ['anna', 'dl.it', 'dl.hr'],
      'dl.it': ['bo', 'anna'],
      'dl.hr': ['dl.it', 'cy'],
    })
    expect(await expand(source)).toEqual({
      people: [at('anna'), at('bo'), at('cy')],
      lists: [at('dl.all'), at('dl.it'), at('dl.hr')],
      unread: [],
      isComplete: true,
    })
    expect(source.asked).toHaveLength(3)
  })

  it('reads lists that contain each other, or themselves, once', async () => {
    const source = directoryOf({ 'dl.all': ['dl.all', 'dl.b'], 'dl.b': ['dl.all', 'bo'] })
    expect(await expand(source)).toMatchObject({ people: [at('bo')], isComplete: true })
    expect(source.asked).toEqual(['dl.all', 'dl.b'])
  })

  it('says that it is not complete when a list was cut off, or could not be read', async () => {
    const lists = { 'dl.all': ['dl.a', 'dl.b'], 'dl.a': ['anna'], 'dl.b': ['bo'] }
    expect(await expand(directoryOf(lists, {}, 'dl.b'))).toMatchObject({ isComplete: false, unread: [] })
    const hidden: AppError = { code: 'unknown-person', address: at('dl.b') }
    expect(await expand(directoryOf(lists, { 'dl.b': hidden }))).toEqual({
      people: [at('anna')],
      lists: [at('dl.all'), at('dl.a')],
      unread: [{ address: at('dl.b'), error: hidden }],
      isComplete: false,
    })
  })

  it('fails when the list itself cannot be read, or the sign-in is refused on the way', async () => {
    const none: AppError = { code: 'unknown-person', address: at('dl.all') }
    expect(await expand(directoryOf({}, { 'dl.all': none }))).toEqual(none)
    const refused: AppError = { code: 'unauthorized', endpoint: 'https://x', hint: 'wrong-password' }
    expect(await expand(directoryOf({ 'dl.all': ['dl.a'] }, { 'dl.a': refused }))).toEqual(refused)
  })

  it('is cancelled', async () => {
    const result = await expandDistributionList(directoryOf({}), at('dl.all'), AbortSignal.abort())
    expect(result).toEqual({ ok: false, error: { code: 'cancelled' } })
  })
})
