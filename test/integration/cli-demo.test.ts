import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import { jsonLines, startCommand } from '../support/command-line.ts'

let home = ''
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'rollcall-cli-demo-'))
})
afterEach(() => rm(home, { recursive: true, force: true }))

const demoSchema = z.object({
  url: z.url({ protocol: /^https$/ }),
  ewsUrl: z.url({ protocol: /^https$/ }),
  caFile: z.string(),
  accounts: z.array(z.object({ address: z.string(), user: z.string(), password: z.string() })).min(1),
  port: z.number(),
  resolve: z.array(z.string()).min(1),
})

it('the demo Exchange alone can be connected to with what it prints, and ends with Ctrl+C', async () => {
  const demo = startCommand(home, ['demo', '--json', '--people', '20', '--data-dir', join(home, 'demo')])
  const { ewsUrl, caFile, accounts, resolve } = demoSchema.parse(JSON.parse(await demo.firstLine))
  const [account] = accounts
  const base = ['--data-dir', join(home, 'mine'), '--ca-file', caFile, '--account', account?.address ?? '']
  const signIn = ['--user', account?.user ?? '', '--password-stdin', 'connect', '--json']
  const given = await startCommand(home, [...base, ...signIn, '--server', ewsUrl], account?.password).ended
  expect(given).toMatchObject({ code: 0 })
  expect(jsonLines(given.stdout).at(-1)).toMatchObject({ ewsUrl, state: 'online' })
  const rules = resolve.flatMap((rule) => ['--resolve', rule])
  const found = await startCommand(
    home,
    [...base, ...signIn, ...rules, '--dns-server', '127.0.0.1:9'],
    account?.password,
  ).ended
  expect(found).toMatchObject({ code: 0 })
  demo.child.kill('SIGINT')
  expect((await demo.ended).code).toBe(130)
})

it('--demo needs no account, and what it read is there in the next run', async () => {
  const run = (...args: string[]) => startCommand(home, ['--demo', '--people', '30', '--json', ...args]).ended
  const first = await run('people', '--all')
  expect(first.code).toBe(0)
  expect(jsonLines(first.stdout).length).toBeGreaterThanOrEqual(30)
  const second = await run('people', '--all')
  expect(second.stdout).toBe(first.stdout)
  expect(second.stderr).not.toContain('Reading the directory.')
})

it('an account that was never connected is wrong usage, and so is none at all', async () => {
  const none = await startCommand(home, ['people', '--all']).ended
  expect(none).toMatchObject({ code: 2, stdout: '' })
  expect(none.stderr).toContain('No account is connected')
  const unknown = await startCommand(home, ['--account', 'ada@example.org', 'people', '--all']).ended
  expect(unknown).toMatchObject({ code: 2, stdout: '' })
  expect(unknown.stderr).toContain('ada@example.org was never connected here')
})

it('serves the browser mode on 127.0.0.1 until Ctrl+C', async () => {
  const served = startCommand(home, ['serve', '--demo', '--people', '20', '--json'])
  const { url, port } = z.object({ url: z.url(), port: z.number() }).parse(JSON.parse(await served.firstLine))
  expect(url).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${port}/#key=.{20,}$`))
  expect((await fetch(url)).headers.get('content-security-policy')).toContain("default-src 'none'")
  served.child.kill('SIGINT')
  expect((await served.ended).code).toBe(130)
})
