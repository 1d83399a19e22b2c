import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitFindings } from '../../../../src/main/core/audit/accepted-findings.ts'
import { auditCsv, auditFileStem } from '../../../../src/main/core/audit/audit-csv.ts'
import { auditRow, countAudit } from '../../../../src/main/core/audit/audit-rows.ts'
import { unknownPerson } from '../../../../src/main/core/audit/unknown-person.ts'
import { auditRowSchema, DEFAULT_AUDIT_POLICY } from '../../../../src/shared/audit.ts'
import type { Person } from '../../../../src/shared/people.ts'
import { addressOf, photoRecord } from '../../../support/photo-records.ts'

const AT_MS = Date.UTC(2026, 10, 24, 4, 10, 30)

function rowOf(person: Partial<Person>, ...records: Parameters<typeof photoRecord>[0][]) {
  const whole = { ...unknownPerson(addressOf('ada')), ...person }
  return auditRow(
    whole,
    records.map((facts) => photoRecord({ sizeCode: 'HR648x648', ...facts })),
    DEFAULT_AUDIT_POLICY,
    (found) => splitFindings(found, [], AT_MS),
  )
}

const cellsOf = (csv: string): string[][] => parse(csv, { bom: true })

describe('auditCsv', () => {
  it('writes names, dates, states and findings for people, with BOM and CRLF', () => {
    const row = rowOf(
      {
        displayName: 'Åsa Öberg',
        department: 'R, D',
        office: 'Oslo',
        title: 'Lead',
        manager: 'Bo "B" Berg',
        kind: 'person',
      },
      { widthPx: 120, heightPx: 100, checkedMs: AT_MS, changedMs: AT_MS, requestId: 'id-1' },
    )
    const csv = auditCsv([row])
    expect(csv.startsWith('\ufeffMailbox,Name,')).toBe(true)
    expect(csv.endsWith('\r\n')).toBe(true)
    const [header, cells] = cellsOf(csv)
    expect(Object.fromEntries((header ?? []).map((name, column) => [name, cells?.[column]]))).toEqual({
      Mailbox: 'ada@fjordline.example',
      Name: 'Åsa Öberg',
      Department: 'R, D',
      Office: 'Oslo',
      Title: 'Lead',
      Manager: 'Bo "B" Berg',
      Type: 'person',
      State: 'photo',
      Findings: 'low resolution; not square',
      Reason: '',
      'Width (px)': '120',
      'Height (px)': '100',
      Bytes: '10000',
      Format: 'jpeg',
      'Content-Type': 'image/jpeg',
      'Checked (UTC)': '2026-11-24T04:10:30.000Z',
      'Changed (UTC)': '2026-11-24T04:10:30.000Z',
      'Request ID': 'id-1',
      Accepted: '',
    })
  })

  it.each(['=1+1', '+47 22', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1'])('makes %j harmless', (text) => {
    const [, cells] = cellsOf(auditCsv([rowOf({ displayName: text })]))
    expect(cells?.[1]).toBe(`'${text}`)
  })

  it.each(['two\nlines', 'two\rlines', 'a "quoted" name, too'])('quotes %j', (text) => {
    expect(auditCsv([rowOf({ displayName: text })])).toContain(`,"${text.replaceAll('"', '""')}",`)
  })

  it('keeps every row a row and every cell itself, whatever the directory says', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ displayName: fc.string({ unit: 'binary' }), title: fc.string() })), (people) => {
        const rows = cellsOf(auditCsv(people.map((person) => rowOf(person)))).slice(1)
        const harmless = (text: string) => (/^[=+\-@\t\r＝＋－＠]/u.test(text) ? `'${text}` : text)
        expect(rows.map((cells) => [cells[1], cells[4]])).toEqual(
          people.map((person) => [person.displayName, person.title].map((text) => harmless(text.toWellFormed()))),
        )
        for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r]/)
      }),
    )
  })

  it('names the file by the day', () => {
    expect(auditFileStem(AT_MS)).toBe('rollcall-audit-2026-11-24')
  })
})

describe('auditRow', () => {
  it('fits the contract and says why there is no verdict', () => {
    const error = { code: 'unreachable', endpoint: 'https://mail.fjordline.example', reason: 'ECONNRESET' } as const
    const row = rowOf({}, { verdict: 'not-asked', error, contentHash: null, checkedMs: null })
    expect(auditRowSchema.parse(row)).toMatchObject({ state: 'could-not-ask', widthPx: null })
    expect(row.reason).toContain('cannot be reached (ECONNRESET)')
  })

  it('tells when "none" was heard', () => {
    const row = rowOf({}, { verdict: 'absent', contentHash: null, checkedMs: AT_MS })
    expect(row).toMatchObject({ state: 'none', checkedMs: AT_MS, bytes: null, reason: '' })
  })
})

describe('a distribution list in a report', () => {
  it('is not missing a photo, since nobody is on it', () => {
    const row = rowOf(
      { kind: 'list' },
      { verdict: 'absent', contentHash: null, checkedMs: AT_MS, askedMs: AT_MS, requestId: 'id-7' },
    )
    expect(auditRowSchema.parse(row)).toMatchObject({
      state: 'not-expected',
      findings: [],
      reason: '',
      requestId: 'id-7',
    })
    const [header = [], cells = []] = cellsOf(auditCsv([row]))
    const cell = (name: string) => cells[header.indexOf(name)]
    expect([cell('Type'), cell('State'), cell('Findings')]).toEqual(['list', 'none expected', ''])
    expect(countAudit([row])).toMatchObject({ states: { none: 0, 'not-expected': 1 }, findings: { missing: 0 } })
  })

  it('that has no mailbox on this server needs no reason', () => {
    const error = { code: 'unknown-person', address: addressOf('ada') } as const
    const row = rowOf({ kind: 'list' }, { verdict: 'not-asked', error, contentHash: null, checkedMs: null })
    expect(row).toMatchObject({ state: 'not-expected', reason: '' })
  })

  it('that has a picture is judged by it, and a failure stays one', () => {
    expect(rowOf({ kind: 'list' }, { widthPx: 120, heightPx: 120 })).toMatchObject({
      state: 'photo',
      findings: ['low-resolution'],
    })
    const error = { code: 'unreachable', endpoint: 'https://mail.fjordline.example', reason: 'ECONNRESET' } as const
    const row = rowOf({ kind: 'list' }, { verdict: 'not-asked', error, contentHash: null, checkedMs: null })
    expect(row).toMatchObject({ state: 'could-not-ask' })
    expect(row.reason).not.toBe('')
  })
})

describe('countAudit', () => {
  it('counts each person once as a state, and each finding', () => {
    const rows = [rowOf({}, { widthPx: 648, heightPx: 648 }), rowOf({}, { widthPx: 100, heightPx: 200 }), rowOf({})]
    const { people, states, findings } = countAudit(rows)
    expect(people).toBe(3)
    expect(states).toEqual({
      ...{ photo: 2, 'thumbnail-only': 0, none: 0, 'not-available-here': 0, 'could-not-ask': 0, 'not-asked': 1 },
      'not-expected': 0,
    })
    expect(findings).toMatchObject({ 'low-resolution': 1, 'not-square': 1, missing: 0 })
  })
})
