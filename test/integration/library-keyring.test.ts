import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inKeyringSession, missingKeyring } from '../support/keyring-session.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const CHILD = join(import.meta.dirname, '..', 'support', 'sealed-child.ts')
const missing = missingKeyring()

describe(`a library encrypted under a key in the system's own store${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  it.skipIf(missing !== null)(
    'opens with the key alone, from one process to the next, and not without it',
    async () => {
      const file = join(temporaryFolder(), 'library.sqlite')
      const run = (step: string) => `"${process.execPath}" "$@" ${step}`
      const { stdout } = await inKeyringSession(`${run('seal')} && ${run('read')} && ${run('lose')}`, [CHILD, file])
      const [kept, lost] = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      expect(kept).toEqual({ without: 'key-missing', with: null, isWhole: true })
      expect(lost).toEqual({ without: 'key-missing', with: 'key-missing', isWhole: false })
      expect(readFileSync(file).includes('a face that nobody else may see')).toBe(false)
    },
  )
})
