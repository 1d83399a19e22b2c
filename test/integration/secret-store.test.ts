import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { inKeyringSession, missingKeyring } from '../support/keyring-session.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const run = promisify(execFile)
const root = join(import.meta.dirname, '..', '..')

/** Opens the store in a process of its own, and says what it is and what it keeps. */
const SCRIPT = `
  const { createSecretStore } = await import(process.argv[1])
  const lines = []
  const at = () => (message, facts) => lines.push({ message, ...facts })
  const log = { debug: at(), info: at(), warn: at(), error: at() }
  const store = await createSecretStore('os-store', log, Number(process.argv[2]))
  const before = await store.read('anna@fjordline.example')
  await store.write('anna@fjordline.example', process.argv[3])
  const after = await store.read('anna@fjordline.example')
  if (process.argv[4] === 'remove') await store.remove('anna@fjordline.example')
  const end = await store.read('anna@fjordline.example')
  process.stdout.write(JSON.stringify({ kind: store.kind, before, after, end, lines }))
  process.exit(0)
`
const STORE = join(root, 'src/main/system/create-secret-store.ts')
const NODE_ARGUMENTS = ['--input-type=module', '-e', SCRIPT, STORE]

const missing = missingKeyring()

describe(`the operating system's store${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  it.skipIf(missing !== null)('keeps a password from one process to the next, until it is removed', async () => {
    const node = (...more: string[]) => `"${process.execPath}" "$@" 8000 ${more.join(' ')}`
    const { stdout } = await inKeyringSession(`${node('first')} && echo && ${node('second', 'remove')}`, NODE_ARGUMENTS)
    const [first, second] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(first).toEqual({ kind: 'os-store', before: null, after: 'first', end: 'first', lines: [] })
    expect(second).toEqual({ kind: 'os-store', before: 'first', after: 'second', end: null, lines: [] })
  })

  it.skipIf(missing !== null)('keeps what is longer than an entry of Windows, and nothing is left of it', async () => {
    const script = `
      const { createSecretStore } = await import(process.argv[1])
      const quiet = { debug() {}, info() {}, warn() {}, error() {} }
      const store = await createSecretStore('os-store', quiet, 8000)
      const { findCredentials } = (await import('keytar')).default
      const longest = async () => Math.max(0, ...(await findCredentials('Rollcall')).map((one) => one.password.length))
      const long = 'token.'.repeat(2_000)
      await store.write('oauth:anna', long)
      const isSame = (await store.read('oauth:anna')) === long
      const held = { count: (await findCredentials('Rollcall')).length, longest: await longest() }
      await store.remove('oauth:anna')
      const left = (await findCredentials('Rollcall')).length
      process.stdout.write(JSON.stringify({ isSame, held, left }))
      process.exit(0)
    `
    const { stdout } = await inKeyringSession('"$@"', [process.execPath, '--input-type=module', '-e', script, STORE])
    expect(JSON.parse(stdout)).toEqual({ isSame: true, held: { count: 6, longest: 2_560 }, left: 0 })
  })

  it('that is not there is replaced by memory, and the log says why without a secret', async () => {
    const home = temporaryFolder()
    const env = { PATH: '', HOME: home, DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(home, 'no-bus')}` }
    const { stdout } = await run(process.execPath, [...NODE_ARGUMENTS, '8000', 'hunter2'], { env })
    const seen = JSON.parse(stdout)
    if (process.platform === 'linux') expect(seen).toMatchObject({ kind: 'this-run', before: null, after: 'hunter2' })
    if (process.platform === 'linux') expect(seen.lines).toHaveLength(1)
    expect(JSON.stringify(seen.lines)).not.toContain('hunter2')
  })
})
