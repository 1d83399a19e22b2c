import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { DemoExchange } from '../../src/main/demo/start-demo-exchange.ts'

/** As it is built, which is what people run: `npm test` builds it before. */
const ENTRY = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url))

/** A command line while it runs. */
export interface RunningCommand {
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>
  /** Resolves with the first complete line on stdout. */
  readonly firstLine: Promise<string>
  /** What was written so far. */
  text(): { readonly stdout: string; readonly stderr: string }
  /** Resolves when stderr has this text. */
  whenSaid(text: string): Promise<void>
  readonly ended: Promise<EndedCommand>
}

/** What a command line came to. */
export interface EndedCommand {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts the command line as its own process, with a home of its own and no way to the system's password store. */
export function startCommand(
  home: string,
  args: readonly string[],
  stdin = '',
  more: Readonly<Record<string, string>> = {},
): RunningCommand {
  const { PATH = '' } = process.env
  const env = { PATH, HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home, ...more }
  const child = spawn(process.execPath, [ENTRY, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] })
  const text = { stdout: '', stderr: '' }
  const lookers = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk
      for (const look of lookers) look()
    })
  }
  const ended = new Promise<EndedCommand>((resolve) => {
    child.on('close', (code) => resolve({ code, ...text }))
  })
  const whenTrue = (isTrue: () => boolean, what: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => isTrue() && resolve()
      lookers.add(look)
      look()
      void ended.then(() => reject(new Error(`ended before ${what}: ${text.stdout}\n${text.stderr}`)))
    })
  // Whoever does not read the password closes the pipe: that is no failure of the test.
  child.stdin.on('error', () => {})
  child.stdin.end(stdin)
  const firstLine = whenTrue(() => text.stdout.includes('\n'), 'its first line').then(
    () => text.stdout.split('\n', 1)[0] ?? '',
  )
  firstLine.catch(() => {})
  return {
    child,
    firstLine,
    ended,
    text: () => ({ ...text }),
    whenSaid: (words) => whenTrue(() => text.stderr.includes(words), words),
  }
}

/** The JSON objects of an output, one a line. */
export function jsonLines(stdout: string): Record<string, unknown>[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

/** The command line in a folder of its own, with what it takes to reach a demo Exchange as an ordinary server. */
export async function commandLineFor(exchange: DemoExchange) {
  const home = await mkdtemp(join(tmpdir(), 'rollcall-cli-'))
  const caFile = join(home, 'ca.pem')
  await writeFile(caFile, exchange.caPem)
  const [account] = exchange.accounts
  if (account === undefined) throw new Error('the demo has no account')
  const network = [
    ...['--data-dir', join(home, 'data'), '--ca-file', caFile],
    ...exchange.resolveRules.flatMap((rule) => [
      '--resolve',
      `${rule.host}:${rule.port}:${rule.toAddress}:${rule.toPort}`,
    ]),
    // Nothing but the demo is asked, not even the system's DNS: this port is closed.
    ...['--dns-server', '127.0.0.1:9'],
  ]
  const signIn = ['--account', account.address, '--user', account.userName, '--password-stdin']
  return {
    ...{ home, account, network },
    /** Starts a command of the connected account. */
    start: (...args: string[]) => startCommand(home, [...network, ...signIn, ...args], `${account.password}\n`),
    /** Runs one to its end. */
    run: (...args: string[]) => startCommand(home, [...network, ...signIn, ...args], `${account.password}\n`).ended,
    remove: () => rm(home, { recursive: true, force: true }),
  }
}
