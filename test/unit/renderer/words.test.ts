import { describe, expect, it } from 'vitest'
import { withJob } from '../../../src/renderer/api/live-cache.ts'
import { toAppError } from '../../../src/renderer/api/to-app-error.ts'
import { checkForm, EMPTY_FORM } from '../../../src/renderer/features/connect/connect-form.ts'
import { createFormats, writtenAs } from '../../../src/renderer/ui/format.ts'
import { bucketOf, initialsOf } from '../../../src/renderer/ui/initials.ts'
import type { Job } from '../../../src/shared/jobs.ts'
import { jobIdSchema } from '../../../src/shared/jobs.ts'

describe('initials', () => {
  it.each([
    ['Aino Virtanen', 'AV'],
    ['Müller, Jürgen (Contractor)', 'MJ'],
    ['Vincent van den Berg', 'VB'],
    ['Madonna', 'M'],
    ['山田 太郎', '山太'],
    ['ølund', 'Ø'],
    ['E\u0301mile Zola', 'E\u0301Z'],
    ['', ''],
    ['—', ''],
  ])('of %j are %j', (name, initials) => {
    expect(initialsOf(name)).toBe(initials)
  })

  it('have the same colour for the same name', () => {
    expect(bucketOf('Aino Virtanen', 15)).toBe(bucketOf('Aino Virtanen', 15))
    expect(new Set(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => bucketOf(name, 15))).size).toBeGreaterThan(1)
  })
})

describe('formats', () => {
  it.each([
    { language: 'en', preferred: ['fi-FI', 'en-GB', 'en'], date: '7 Mar 2026' },
    { language: 'en', preferred: ['en-US', 'en-GB'], date: 'Mar 7, 2026' },
    { language: 'de', preferred: ['en-GB'], date: '07.03.2026' },
  ])('write dates as people do who read $language and prefer $preferred', ({ language, preferred, date }) => {
    const noonMs = new Date(2026, 2, 7, 12).getTime()
    expect(createFormats(writtenAs(language, preferred)).date(noonMs)).toBe(date)
  })

  const formats = createFormats('en')
  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [12_400, '12.4 kB'],
    [56_000_000, '56 MB'],
  ])('writes %i bytes as %j', (bytes, words) => {
    expect(formats.bytes(bytes)).toBe(words)
  })

  it.each([
    [0, 'now'],
    [5 * 60_000, '5 minutes ago'],
    [26 * 3_600_000, 'yesterday'],
  ])('writes %i ms ago as %j', (ms, words) => {
    expect(formats.ago(1_000_000_000 - ms, 1_000_000_000)).toBe(words)
  })
})

describe('the connect form', () => {
  it('leaves out what was not typed', () => {
    expect(checkForm({ ...EMPTY_FORM, address: ' Aino@Fjordline.example ', password: 'x' }).input).toEqual({
      address: 'aino@fjordline.example',
      password: 'x',
      auth: 'auto',
      isRemembered: true,
    })
  })

  it.each([
    { form: { address: 'aino' }, problems: { address: true, ewsUrl: false } },
    { form: { address: 'a@b.example', ewsUrl: 'http://mail.b.example/' }, problems: { address: false, ewsUrl: true } },
  ])('names the fields to correct in $form', ({ form, problems }) => {
    expect(checkForm({ ...EMPTY_FORM, ...form })).toEqual({ input: null, problems })
  })
})

describe('what a call threw', () => {
  it('is the lost link when the engine did not say anything', () => {
    expect(toAppError(new Error('closed')).code).toBe('unreachable')
  })

  it('is a cancellation when the page gave the call up', () => {
    expect(toAppError(new DOMException('given up', 'AbortError'))).toEqual({ code: 'cancelled' })
  })
})

describe('the list of jobs', () => {
  const job = (id: string, done: number): Job => ({
    ...{
      id: jobIdSchema.parse(id),
      kind: 'sync',
      state: 'running',
      pausedBy: null,
      done,
      total: 9,
      failed: 0,
      failures: [],
    },
    ...{ startedMs: 0, endedMs: null, error: null, result: null },
  })

  it('has a new job first and a known one in its place', () => {
    const jobs = withJob(withJob([job('a', 0)], job('b', 0)), job('a', 5))
    expect(jobs.map(({ id, done }) => [id, done])).toEqual([
      ['b', 0],
      ['a', 5],
    ])
  })
})
