import { PassThrough, Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { CommandLineParts } from '../../../src/main/hosts/cli/command-context.ts'
import { exitCodeOf } from '../../../src/main/hosts/cli/exit-codes.ts'
import { readSecretLines } from '../../../src/main/hosts/cli/read-secret-lines.ts'
import { runCommandLine } from '../../../src/main/hosts/cli/run-command-line.ts'
import type { AppError } from '../../../src/shared/errors.ts'
import { ok } from '../../../src/shared/result.ts'

const ENDPOINT = 'https://mail.example.org'

async function run(args: string[], parts: Partial<CommandLineParts> = {}) {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() }
  const unwanted = () => Promise.reject(new Error('not wanted here'))
  const interrupt = new AbortController()
  const text = { stdout: '', stderr: '' }
  streams.stdout.on('data', (chunk) => {
    text.stdout += String(chunk)
    if (text.stdout.includes('stop')) interrupt.abort()
  })
  streams.stderr.on('data', (chunk) => {
    text.stderr += String(chunk)
  })
  const code = await runCommandLine({
    ...{ args, ...streams, stdin: Readable.from([]), signal: interrupt.signal },
    parts: { version: '1.2.3', startDemo: unwanted, startDemoAlone: unwanted, startServing: unwanted, ...parts },
  })
  return { code, ...text }
}

describe('runCommandLine', () => {
  it('ends well after a help text or the version, on stdout', async () => {
    const help = await run(['--help'])
    expect(help).toMatchObject({ code: 0, stderr: '' })
    for (const command of ['connect', 'people', 'sync', 'audit', 'export', 'serve', 'demo'])
      expect(help.stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'))
    expect(await run(['sync', '--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('--emails <file>') })
    expect(await run(['--version'])).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' })
  })

  it.each([
    [[]],
    [['dance']],
    [['people', 'a', 'b']],
    [['people']],
    [['sync']],
    [['sync', '--all', '--query', 'x']],
    [['sync', '--all', '--size', 'HR1x1']],
    [['audit', '--all', '--format', 'pdf']],
    [['export', '--all', '--size', 'HR48x48']],
    [['export', '--all', '--to', 'x']],
    [['export', '--all', '--to', 'x', '--size', 'HR48x48', '--width', '50']],
    [['export', '--all', '--to', 'x', '--width', '5000']],
    [['connect']],
    [['--demo', '--account', 'a@b.example', 'people', 'x']],
    [['--password-stdin', 'people', 'x']],
    [['--ca-file', '/does/not/exist', 'people', 'x']],
    [['--auth', 'bearer', '--account', 'a@b.example', 'connect', '--password-stdin']],
  ])('calls %j wrong usage and says why', async (args) => {
    const { code, stdout, stderr } = await run(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).not.toBe('')
  })

  it('serves until it is interrupted, and closes what it started', async () => {
    let isClosed = false
    const served = {
      url: 'http://127.0.0.1:4321/#key=stop',
      port: 4321,
      close: async () => {
        isClosed = true
      },
    }
    const { code, stdout } = await run(['serve', '--json', '--port', '4321'], { startServing: async () => served })
    expect(code).toBe(130)
    expect(JSON.parse(stdout)).toEqual({ url: served.url, port: 4321 })
    expect(isClosed).toBe(true)
  })

  it('calls a bug a fault', async () => {
    const { code, stderr } = await run(['serve'])
    expect(code).toBe(1)
    expect(stderr).toContain('not wanted here')
  })
})

describe('exitCodeOf', () => {
  it.each<[AppError, number]>([
    [{ code: 'unauthorized', endpoint: ENDPOINT, hint: 'wrong-password' }, 3],
    [{ code: 'forbidden', endpoint: ENDPOINT }, 3],
    [{ code: 'server-not-found', address: 'a@b.example', tried: [] }, 4],
    [{ code: 'unreachable', endpoint: ENDPOINT, reason: 'ECONNREFUSED' }, 4],
    [{ code: 'certificate-untrusted', endpoint: ENDPOINT, reason: 'SELF_SIGNED_CERT_IN_CHAIN' }, 4],
    [{ code: 'not-supported', feature: 'x' }, 2],
    [{ code: 'invalid-input', field: 'x', reason: 'y' }, 2],
    [{ code: 'cancelled' }, 130],
    [{ code: 'not-writable', target: '/x', reason: 'EACCES' }, 1],
    [{ code: 'incident', incidentId: '1' }, 1],
  ])('ends %j with %d', (error, code) => {
    expect(exitCodeOf(error)).toBe(code)
  })
})

describe('readSecretLines', () => {
  const never = new AbortController().signal
  const readAll = (options: string[], ...chunks: (string | Buffer)[]) =>
    readSecretLines(Readable.from(chunks), options, never)
  const read = (...chunks: (string | Buffer)[]) => readAll(['--password-stdin'], ...chunks)

  it('takes the first line, whatever the line break and however it arrives', async () => {
    expect(await read('geheim\nmore')).toEqual(ok(['geheim']))
    expect(await read('ge', 'heim\r', '\n')).toEqual(ok(['geheim']))
    expect(await read('geheim')).toEqual(ok(['geheim']))
    const bytes = Buffer.from('pås swörd \n')
    expect(await read(bytes.subarray(0, 2), bytes.subarray(2))).toEqual(ok(['pås swörd ']))
  })

  it('does not wait for somebody who presses Ctrl+C instead', async () => {
    const interrupt = new AbortController()
    const password = readSecretLines(new PassThrough(), ['--password-stdin'], interrupt.signal)
    interrupt.abort()
    expect(await password).toEqual({ ok: false, error: { code: 'cancelled' } })
  })

  it('takes a line for each option, in their order, and names the one that is missing', async () => {
    const both = ['--password-stdin', '--client-passphrase-stdin']
    expect(await readAll(both, 'geheim\nsesam\nmore')).toEqual(ok(['geheim', 'sesam']))
    expect(await readAll(both, 'ge', 'heim\r\nses', 'am')).toEqual(ok(['geheim', 'sesam']))
    expect(await readAll([], 'geheim')).toEqual(ok([]))
    const missing = { code: 'invalid-input', field: '--client-passphrase-stdin' }
    expect(await readAll(both, 'geheim\n')).toMatchObject({ ok: false, error: missing })
  })

  it('refuses an empty or endless one', async () => {
    expect(await read('\n')).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
    expect(await read('x'.repeat(5_000))).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
  })
})
