import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseAddressList, readAddressFile } from '../../../src/main/hosts/cli/read-addresses.ts'

const read = (text: string) => {
  const list = parseAddressList(text)
  return list.ok ? list.value : list.error
}

describe('parseAddressList', () => {
  it('reads an address a line, each once, in lower case', () => {
    expect(read('Ada@Example.org\n\n# leavers\n bo@example.org \r\nADA@example.org')).toEqual({
      addresses: ['ada@example.org', 'bo@example.org'],
      badLines: [],
    })
  })

  it.each([
    ['comma', 'Name,E-mail\n"Berg, Bo",bo@example.org\n'],
    ['semicolon', '\ufeffmail;name\r\nbo@example.org;Bo\r\n'],
    ['tab', 'id\tEmail Address\n1\tbo@example.org\n'],
  ])('finds the column of a CSV with %s', (_, text) => {
    expect(read(text)).toEqual({ addresses: ['bo@example.org'], badLines: [] })
  })

  it('tells which lines hold no address', () => {
    expect(read('ada@example.org\nnobody\n\nbo@example.org\na@b@c')).toEqual({
      addresses: ['ada@example.org', 'bo@example.org'],
      badLines: [
        { line: 2, text: 'nobody' },
        { line: 5, text: 'a@b@c' },
      ],
    })
  })

  it('keeps addresses with odd characters', () => {
    expect(read("o'neil+x#1@example.org")).toMatchObject({ addresses: ["o'neil+x#1@example.org"] })
  })
})

describe('readAddressFile', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollcall-addresses-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('refuses a file that is missing, is not text, or holds no address', async () => {
    const file = join(folder, 'list.txt')
    const refusal = async () => {
      const list = await readAddressFile(file)
      return list.ok ? list.value : list.error.code === 'invalid-input' && list.error.reason
    }
    expect(await refusal()).toContain('cannot be read (ENOENT)')
    await writeFile(file, Buffer.from([0xff, 0xfe, 0x61]))
    expect(await refusal()).toContain('it is not UTF-8 text')
    await writeFile(file, 'nobody\n')
    expect(await refusal()).toContain('holds no e-mail address')
  })
})
