import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { buildExpandDl } from '../../../../src/main/exchange/operations/expand-dl.ts'
import { buildFindPeople } from '../../../../src/main/exchange/operations/find-people.ts'
import { buildGetRoomLists, buildGetRooms } from '../../../../src/main/exchange/operations/get-rooms.ts'
import { buildGetUserPhoto } from '../../../../src/main/exchange/operations/get-user-photo-soap.ts'
import { buildResolveNames } from '../../../../src/main/exchange/operations/resolve-names.ts'
import { smtpAddressSchema } from '../../../../src/shared/smtp-address.ts'

const schema = join(process.env['ROLLCALL_SCHEMAS'] ?? resolve('../shared/schemas'), 'messages.xsd')

function hasXmllint(): boolean {
  try {
    execFileSync('xmllint', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

const folder = mkdtempSync(join(tmpdir(), 'rollcall-schema-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** The element inside soap:Body, with the namespaces the envelope declares. */
function bodyOf(envelope: string): string {
  const body = /<soap:Body>(.*)<\/soap:Body>/s.exec(envelope)?.[1] ?? ''
  const declared = [...envelope.matchAll(/ xmlns:[mt]="[^"]*"/g)].join('')
  return body.replace(/^<m:\w+/, (start) => start + declared)
}

/** What xmllint has against it; empty when nothing. */
function complaints(envelope: string): string {
  const file = join(folder, 'body.xml')
  writeFileSync(file, bodyOf(envelope))
  try {
    execFileSync('xmllint', ['--noout', '--nonet', '--schema', schema, file], { stdio: 'pipe' })
    return ''
  } catch (error) {
    return error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error)
  }
}

/** Every request that Rollcall sends, by its operation. */
const REQUESTS: readonly (readonly [string, string])[] = [
  ['ResolveNames', buildResolveNames('Exchange2013', 'smtp:å <&>"\'')],
  ['ExpandDL', buildExpandDl('Exchange2016', smtpAddressSchema.parse("all+o'n&x@contoso.com"))],
  ['FindPeople', buildFindPeople('Exchange2013', '日 <&>"', 250, 250)],
  ['GetRoomLists', buildGetRoomLists('Exchange2013')],
  ['GetRooms', buildGetRooms('Exchange2013', smtpAddressSchema.parse("rooms+o'n&x@contoso.com"))],
  ['GetUserPhoto', buildGetUserPhoto('Exchange2013', smtpAddressSchema.parse("o'neil+a&b#c@contoso.com"), 'HR648x648')],
]

describe.skipIf(!existsSync(schema) || !hasXmllint())('requests, validated against Microsoft’s schemas', () => {
  it.each(REQUESTS)('%s is valid', (_, envelope) => {
    expect(complaints(envelope)).toBe('')
  })

  it('leaves no request out that Rollcall builds', async () => {
    const folder = new URL('../../../../src/main/exchange/operations/', import.meta.url)
    const modules: object[] = await Promise.all(readdirSync(folder).map((name) => import(new URL(name, folder).href)))
    const builders = modules.flatMap((module) => Object.keys(module).filter((name) => name.startsWith('build')))
    const lower = (names: readonly string[]) => names.map((name) => name.toLowerCase()).sort()
    expect(lower(builders.map((name) => name.slice('build'.length)))).toEqual(lower(REQUESTS.map(([name]) => name)))
  })

  it('would notice an invalid one', () => {
    expect(complaints(buildResolveNames('Exchange2013', 'a').replace('ReturnFullContactData="true"', ''))).toContain(
      'ReturnFullContactData',
    )
  })
})
