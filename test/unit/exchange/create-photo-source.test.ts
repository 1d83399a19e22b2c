import { describe, expect, it } from 'vitest'
import type { PhotoAnswer, PhotoQuestion } from '../../../src/main/core/photos/ports.ts'
import { createPhotoSource } from '../../../src/main/exchange/create-photo-source.ts'
import type { PhotoRoute } from '../../../src/shared/connections.ts'
import type { AppError } from '../../../src/shared/errors.ts'
import { address } from '../../support/people.ts'

const NOBODY = address('rollcall-looks-for-nobody@x.example')
const ENDPOINT = 'https://mail.x.example'

const failed = (status: number | null, error: AppError): PhotoAnswer => {
  return { askedUrl: ENDPOINT, bodyBytes: 0, kind: 'failed', status, error }
}
const odd = (status: number): PhotoAnswer =>
  failed(status, { code: 'unexpected-answer', endpoint: ENDPOINT, status, detail: 'odd' })
const absent: PhotoAnswer = { askedUrl: ENDPOINT, bodyBytes: 0, kind: 'absent', status: 404 }

function sourceOf(
  answers: Partial<Record<PhotoRoute, (question: PhotoQuestion) => PhotoAnswer>>,
  known: PhotoRoute | null = null,
) {
  const asked: string[] = []
  const clock = { nowMs: 0 }
  const learnt: PhotoRoute[] = []
  const routes: PhotoRoute[] = ['photos-url', 'ews-url', 'soap']
  const source = createPhotoSource({
    ways: routes.flatMap((route) => {
      const answer = answers[route]
      if (answer === undefined) return []
      const ask = async (question: PhotoQuestion) => {
        asked.push(`${route} ${question.address.split('@')[0]}`)
        return answer(question)
      }
      return [{ route, ask }]
    }),
    known,
    onLearnt: (route) => learnt.push(route),
    nowMs: () => clock.nowMs,
  })
  const signal = new AbortController().signal
  const ask = (name: string) =>
    source.fetchPhoto({ address: address(`${name}@x.example`), sizeCode: 'HR96x96', etag: null, signal })
  return { ask, asked, learnt, clock }
}

describe('the way to ask for photos', () => {
  it('is the first that works, found out once, however many ask at the same time', async () => {
    const { ask, asked, learnt } = sourceOf({ 'ews-url': () => odd(405), soap: () => absent })
    const answers = await Promise.all(['a', 'b', 'c'].map(ask))
    expect(answers.map((answer) => answer.kind)).toEqual(['absent', 'absent', 'absent'])
    expect(asked).toEqual(['ews-url a', 'soap a', 'soap b', 'soap c'])
    expect(learnt).toEqual(['soap'])
  })

  it.each([200, 302])('is left for HTTP %i only when a mailbox that is not there gets the same', async (status) => {
    const closed = sourceOf({ 'ews-url': () => odd(status), soap: () => absent })
    expect((await closed.ask('a')).kind).toBe('absent')
    expect(closed.asked).toEqual(['ews-url a', 'ews-url rollcall-looks-for-nobody', 'soap a'])
    const onePerson = sourceOf({
      'ews-url': ({ address: who }) => (who === NOBODY ? absent : odd(status)),
      soap: () => absent,
    })
    expect((await onePerson.ask('a')).kind).toBe('failed')
    expect(onePerson.learnt).toEqual(['ews-url'])
  })

  it('is not left for good after one passing page: it is judged again after an hour, and what is in doubt is not kept', async () => {
    let isPage = true
    const { ask, asked, learnt, clock } = sourceOf({
      'ews-url': () => (isPage ? odd(200) : absent),
      soap: () => absent,
    })
    await ask('a')
    isPage = false
    clock.nowMs += 3_599_999
    await ask('b')
    expect(asked.at(-1)).toBe('soap b')
    expect(learnt).toEqual([])
    clock.nowMs += 1
    await ask('c')
    await ask('d')
    expect(asked.slice(-2)).toEqual(['ews-url c', 'ews-url d'])
    expect(learnt).toEqual(['ews-url'])
    clock.nowMs += 100 * 3_600_000
    await ask('e')
    expect(asked.at(-1)).toBe('ews-url e')
  })

  it('stays where it is while the page stays, at two questions an hour, and nobody waits for those', async () => {
    const { ask, asked, clock } = sourceOf({ 'ews-url': () => odd(302), soap: () => absent })
    await ask('a')
    clock.nowMs += 3_600_000
    const answers = await Promise.all([ask('b'), ask('c')])
    expect(answers.map(({ kind }) => kind)).toEqual(['absent', 'absent'])
    expect(asked.filter((one) => one.startsWith('ews-url'))).toHaveLength(4)
    await ask('d')
    expect(asked.at(-1)).toBe('soap d')
  })

  it('goes from a photos URL that is not there to the EWS URL', async () => {
    const gone = failed(null, { code: 'unreachable', endpoint: ENDPOINT, reason: 'ENOTFOUND' })
    const { ask, asked } = sourceOf({ 'photos-url': () => gone, 'ews-url': () => absent, soap: () => absent })
    expect((await ask('a')).kind).toBe('absent')
    await ask('b')
    expect(asked.slice(-2)).toEqual(['ews-url a', 'ews-url b'])
  })

  it('is not learnt from a server that is busy, away or refuses the sign-in', async () => {
    const errors: AppError[] = [
      { code: 'throttled', endpoint: ENDPOINT, retryAfterMs: 1 },
      { code: 'unreachable', endpoint: ENDPOINT, reason: 'ETIMEDOUT' },
      { code: 'unauthorized', endpoint: ENDPOINT, hint: 'wrong-password' },
    ]
    for (const error of errors) {
      const { ask, asked, learnt } = sourceOf({ 'ews-url': () => failed(null, error), soap: () => absent })
      expect(await ask('a')).toMatchObject({ error })
      expect(asked).toEqual(['ews-url a'])
      expect(learnt).toEqual([])
    }
  })

  it('tells the first failure when no way works, and tries again with the next question', async () => {
    const { ask, asked } = sourceOf({ 'ews-url': () => odd(501), soap: () => odd(302) })
    expect(await ask('a')).toMatchObject({ status: 501 })
    await ask('b')
    expect(asked.filter((one) => one.startsWith('ews-url'))).toEqual(['ews-url a', 'ews-url b'])
  })

  it('is taken from what was kept', async () => {
    const { ask, asked, learnt } = sourceOf({ 'ews-url': () => absent, soap: () => absent }, 'soap')
    await ask('a')
    expect(asked).toEqual(['soap a'])
    expect(learnt).toEqual([])
  })
})
