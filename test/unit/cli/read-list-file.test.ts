import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readListFile } from '../../../src/main/hosts/cli/read-list-file.ts'

describe('readListFile', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rollcall-addresses-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('refuses a file that is missing, is not text, or is empty', async () => {
    const file = join(folder, 'list.txt')
    const refusal = async () => {
      const list = await readListFile(file)
      return list.ok ? list.value : list.error.code === 'invalid-input' && list.error.reason
    }
    expect(await refusal()).toContain('cannot be read (ENOENT)')
    await writeFile(file, Buffer.from([0xff, 0xfe, 0x61]))
    expect(await refusal()).toContain('it is not UTF-8 text')
    await writeFile(file, ' \n')
    expect(await refusal()).toContain('is empty')
    await writeFile(file, 'bo@example.org\n')
    expect(await refusal()).toBe('bo@example.org\n')
  })
})
