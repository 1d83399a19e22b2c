import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FINDING_WORDS, STATE_WORDS } from '../../src/main/core/audit/audit-words.ts'
import { type DemoExchange, startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import { commandLineFor, jsonLines, startCommand } from '../support/command-line.ts'

let exchange: DemoExchange
let cli: Awaited<ReturnType<typeof commandLineFor>>
beforeAll(async () => {
  exchange = await startDemoExchange({ people: 60 })
  cli = await commandLineFor(exchange)
})
afterAll(async () => {
  await exchange?.close()
  await cli?.remove()
})
beforeEach(() => {
  exchange.script.clear()
  exchange.clearRequests()
})

const PHOTO_FIELDS = [
  'mailbox',
  'sizeCode',
  'state',
  'status',
  'requestId',
  'widthPx',
  'heightPx',
  'bytes',
  'etag',
  'contentHash',
]
const SUMMARY_FIELDS = [
  'new',
  'changed',
  'same',
  'none',
  'failed',
  'requests',
  'bytesReceived',
  'bytesSaved',
  'seconds',
  'earlier',
]

/** People of whom the demo has a sound photo of full size. */
function soundPeople() {
  return exchange.truth().filter((truth) => truth.state === 'photo' && truth.findings.length === 0)
}

async function listFile(addresses: readonly string[]): Promise<string> {
  const file = join(cli.home, 'list.txt')
  await writeFile(file, addresses.join('\n'))
  return file
}

/** The options to ask for everybody, one after the other, of a server that is slow. */
async function slowly(): Promise<string[]> {
  exchange.script.setLatencyMs(100)
  const list = await listFile(exchange.truth().map((truth) => truth.address))
  return ['--emails', list, '--concurrency', '1']
}

describe('connect', () => {
  it('tells every step and the URL found', async () => {
    const { code, stdout } = await cli.run('connect', '--json')
    expect(code).toBe(0)
    const lines = jsonLines(stdout)
    const steps = lines.slice(0, -1)
    expect(steps.length).toBeGreaterThan(1)
    for (const step of steps)
      expect(Object.keys(step).slice(0, 6)).toEqual(['step', 'url', 'status', 'durationMs', 'outcome', 'detail'])
    expect(steps.at(-1)).toMatchObject({
      ...{ step: 'sign-in', outcome: 'found' },
      evidence: { resolvedAddress: '127.0.0.1', certificate: { issuer: 'CN=Fjordline Demo CA, O=Fjordline' } },
    })
    expect(lines.at(-1)).toMatchObject({ account: cli.account.address, state: 'online', ewsUrl: exchange.ewsUrl })
  })

  it('says where there is no password store that the password is kept for this run only', async () => {
    const { stdout, stderr } = await cli.run('connect', '--json')
    expect(jsonLines(stdout).at(-1)).toMatchObject({ secretKeptIn: 'this-run' })
    expect(stderr).toContain('This system has no password store that works.')
  })

  it('tries a wrong password once, and ends with 3', async () => {
    const failedBefore = exchange.failedLogons()
    const args = [...cli.network, '--account', cli.account.address, '--user', cli.account.userName]
    const { code, stderr } = await startCommand(cli.home, [...args, '--password-stdin', 'connect'], 'not-it\n').ended
    expect(code).toBe(3)
    expect(stderr).toContain('refused the sign-in')
    expect(exchange.failedLogons()).toBe(failedBefore + 1)
  })

  it('ends with 4 when no server is found, or the given one is not there', async () => {
    const nowhere = ['--account', 'ada@nowhere.example', '--password-stdin', '--json', 'connect']
    const lost = await startCommand(cli.home, [...cli.network, ...nowhere], 'x\n').ended
    expect(lost.code).toBe(4)
    expect(lost.stderr).toContain('No Exchange server was found for ada@nowhere.example')
    expect(jsonLines(lost.stdout).length).toBeGreaterThan(0)
    const closed = ['--server', 'https://127.0.0.1:9/EWS/Exchange.asmx']
    expect((await startCommand(cli.home, [...cli.network, ...closed, ...nowhere], 'x\n').ended).code).toBe(4)
  })
})

describe('people', () => {
  it('reads the whole directory, then lists everybody with six fields', async () => {
    const { code, stdout, stderr } = await cli.run('people', '--all', '--json')
    expect(code).toBe(0)
    const lines = jsonLines(stdout)
    for (const line of lines)
      expect(Object.keys(line)).toEqual(['mailbox', 'name', 'department', 'office', 'title', 'type'])
    expect(lines.map((line) => line['mailbox']).toSorted()).toEqual(
      exchange.people.map((person) => person.address).toSorted(),
    )
    expect(stderr).toContain('Reading the directory.')
  })

  it('finds people by words, and writes lines for people without --json', async () => {
    const [person] = exchange.people
    const { code, stdout } = await cli.run('people', person?.displayName ?? '')
    expect(code).toBe(0)
    expect(stdout).toContain(person?.address)
    expect(stdout).not.toContain('{')
  })
})

describe('sync', () => {
  it('says on stderr what everybody would cost before it asks', async () => {
    const { code, stdout, stderr } = await cli.run('sync', '--all', '--size', 'HR360x360', '--json')
    expect([0, 5]).toContain(code)
    const { people, requests } = /Estimate: (?<people>\d+) people, (?<requests>\d+) requests/.exec(stderr)?.groups ?? {}
    expect(Number(requests)).toBe(Number(people))
    expect(jsonLines(stdout).length).toBe(Number(people) + 1)
  })

  it('tells each photo and a summary, and moves no bytes the second time', async () => {
    const people = exchange
      .truth()
      .filter((truth) => truth.photoCase === 'plain')
      .slice(0, 20)
    const list = await listFile(people.map((truth) => truth.address))
    const run = () => cli.run('sync', '--emails', list, '--size', 'HR48x48', '--size', 'HR240x240', '--json')
    const first = jsonLines((await run()).stdout)
    expect(first).toHaveLength(people.length * 2 + 1)
    for (const line of first.slice(0, -1)) expect(Object.keys(line)).toEqual(PHOTO_FIELDS)
    const summary = first.at(-1) ?? {}
    expect(Object.keys(summary)).toEqual(SUMMARY_FIELDS)
    const none = first.filter((line) => line['state'] === 'none')
    expect(summary).toMatchObject({
      new: people.length * 2 - none.length,
      changed: 0,
      same: 0,
      none: none.length,
      failed: 0,
    })
    for (const { mailbox, sizeCode, state, bytes, etag } of first.slice(0, -1)) {
      const served = await exchange.photo(String(mailbox), sizeCode as 'HR48x48')
      expect({ state, bytes, etag }).toEqual(
        served === null
          ? { state: 'none', bytes: null, etag: null }
          : { state: 'new', bytes: served.bytes.length, etag: served.etag },
      )
    }
    const second = await run()
    expect(second.code).toBe(0)
    expect(jsonLines(second.stdout).at(-1)).toMatchObject({
      ...{ new: 0, changed: 0, same: summary['new'], none: none.length, failed: 0 },
      ...{ requests: people.length * 2, bytesReceived: 0, bytesSaved: summary['bytesReceived'] },
    })
  })

  it('ends with 5 when some failed, and says which', async () => {
    const [good, bad] = soundPeople().slice(-2)
    exchange.script.sendGarbageFor(bad?.address ?? '', 'html')
    const list = await listFile([good?.address ?? '', bad?.address ?? ''])
    const { code, stdout } = await cli.run('sync', '--emails', list, '--json', '--size', 'HR504x504')
    expect(code).toBe(5)
    const lines = jsonLines(stdout)
    expect(lines.find((line) => line['mailbox'] === bad?.address)).toMatchObject({
      state: 'failed',
      error: 'unexpected-answer',
    })
    expect(lines.at(-1)).toMatchObject({ new: 1, failed: 1 })
  })

  it('is cancelled by Ctrl+C, and ends with 130', async () => {
    const { child, firstLine, ended } = cli.start('sync', '--json', '--size', 'HR64x64', ...(await slowly()))
    expect(JSON.parse(await firstLine)).toMatchObject({ sizeCode: 'HR64x64' })
    child.kill('SIGINT')
    const { code, stdout, stderr } = await ended
    expect(code).toBe(130)
    expect(stderr).toContain('Interrupted.')
    const lines = jsonLines(stdout)
    expect(lines.length).toBeLessThan(exchange.people.length)
    expect(lines.at(-1)).not.toHaveProperty('requests')

    exchange.script.setLatencyMs(0)
    exchange.clearRequests()
    const list = join(cli.home, 'list.txt')
    const again = await cli.run('sync', '--json', '--size', 'HR64x64', '--emails', list)
    expect(again.stderr).toContain('Going on with the sync of')
    const { earlier } = jsonLines(again.stdout).at(-1) ?? {}
    expect(earlier).toBeGreaterThanOrEqual(lines.length)
    const asked = () => exchange.requests('GetUserPhoto').filter(({ sizeCode }) => sizeCode === 'HR64x64')
    const people = new Set(asked().map(({ address }) => address))
    expect(people.size + Number(earlier)).toBe(exchange.truth().length)
    expect(lines.some(({ mailbox, state }) => state !== 'failed' && people.has(String(mailbox)))).toBe(false)
  })

  it('ends quietly when nobody reads its results any more', async () => {
    const { child, firstLine, ended } = cli.start('sync', '--json', '--size', 'HR120x120', ...(await slowly()))
    await firstLine
    child.stdout.destroy()
    const { code, stderr } = await ended
    expect(code).toBe(0)
    expect(stderr).not.toContain('EPIPE')
  })
})

describe('audit', () => {
  it('says of everybody what the demo knows to be true', async () => {
    const { code, stdout, stderr } = await cli.run('audit', '--all', '--json')
    expect(code).toBe(0)
    const found = jsonLines(stdout).map(({ mailbox, state, findings }) => ({ mailbox, state, findings }))
    const truth = exchange.truth().map(({ address, state, findings }) => ({ mailbox: address, state, findings }))
    const byMailbox = (a: { mailbox: unknown }, b: { mailbox: unknown }) =>
      String(a.mailbox) < String(b.mailbox) ? -1 : 1
    expect(found.toSorted(byMailbox)).toEqual(truth.toSorted(byMailbox))
    expect(stderr).toContain(`People: ${truth.length}.`)
  })

  it('writes a CSV file that says the same', async () => {
    const out = join(cli.home, 'audit.csv')
    const { code, stdout } = await cli.run('audit', '--all', '--format', 'csv', '--out', out, '--json')
    expect(code).toBe(0)
    expect(jsonLines(stdout)).toMatchObject([{ file: out, people: exchange.truth().length }])
    const text = await readFile(out, 'utf8')
    const rows: Record<string, string>[] = parse(text, { bom: true, columns: true })
    const told = Object.fromEntries(rows.map((row) => [row['Mailbox'], `${row['State']}: ${row['Findings']}`]))
    expect(told).toEqual(
      Object.fromEntries(
        exchange
          .truth()
          .map(({ address, state, findings }) => [
            address,
            `${STATE_WORDS[state]}: ${findings.map((finding) => FINDING_WORDS[finding]).join('; ')}`,
          ]),
      ),
    )
    expect((await readdir(cli.home)).filter((name) => name.includes('.part'))).toEqual([])
  })

  it('ends with 5 when somebody could not be asked for', async () => {
    const [, person] = soundPeople()
    exchange.script.sendGarbageFor(person?.address ?? '', 'html')
    const args = ['audit', '--emails', await listFile([person?.address ?? '']), '--json']
    const fresh = ['--data-dir', join(cli.home, 'other')]
    const { code, stdout } = await cli.run(...args, ...fresh)
    expect(code).toBe(5)
    expect(jsonLines(stdout)).toMatchObject([{ mailbox: person?.address, state: 'could-not-ask', findings: [] }])
  })
})

describe('export', () => {
  it('writes the bytes that the server sent', async () => {
    const [person] = soundPeople()
    const to = join(cli.home, 'one')
    const list = await listFile([person?.address ?? ''])
    const { code, stdout } = await cli.run('export', '--size', 'HR648x648', '--to', to, '--emails', list, '--json')
    expect(code).toBe(0)
    expect(jsonLines(stdout)).toEqual([{ files: 1, failed: 0, folder: to }])
    const [file] = await readdir(to)
    const served = await exchange.photo(person?.address ?? '', 'HR648x648')
    expect(await readFile(join(to, file ?? ''))).toEqual(Buffer.from(served?.bytes ?? []))
  })

  it('lists who has no photo, and ends with 5', async () => {
    const nobody = exchange.truth().find((truth) => truth.state === 'none')
    const to = join(cli.home, 'none')
    const list = await listFile([nobody?.address ?? ''])
    const { code, stdout } = await cli.run('export', '--width', '100', '--to', to, '--emails', list, '--json')
    expect(code).toBe(5)
    expect(jsonLines(stdout)).toMatchObject([
      { mailbox: nobody?.address, state: 'failed', error: 'no-photo' },
      { files: 0, failed: 1 },
    ])
    expect(await readdir(to)).toEqual([])
  })

  it('leaves nothing behind when it is interrupted', async () => {
    const to = join(cli.home, 'interrupted')
    const { child, ended } = cli.start('export', '--size', 'HR432x432', '--to', to, '--json', ...(await slowly()))
    const isUnderWay = () =>
      exchange.requests('GetUserPhoto').filter((request) => request.sizeCode === 'HR432x432').length > 3
    await expect.poll(isUnderWay, { timeout: 30_000 }).toBe(true)
    child.kill('SIGTERM')
    expect((await ended).code).toBe(130)
    expect(await readdir(to)).toEqual([])
  })
})

describe('findings', () => {
  it('are accepted with a reason, listed, and taken back', async () => {
    const none = exchange.truth().filter(({ state }) => state === 'none')
    const list = await listFile(none.map(({ address }) => address))
    expect((await cli.run('audit', '--emails', list)).code).toBe(0)
    const accept = ['--accept', 'missing', '--reason', 'want none', '--until', '2999-12-31', '--emails', list]
    const accepted = await cli.run('findings', '--json', ...accept)
    expect(jsonLines(accepted.stdout)).toEqual([{ people: none.length }])
    const listed = jsonLines((await cli.run('findings', '--json')).stdout)
    expect(listed.map(({ mailbox }) => mailbox).toSorted()).toEqual(none.map(({ address }) => address).toSorted())
    expect(listed[0]).toMatchObject({ finding: 'missing', reason: 'want none', by: cli.account.address })
    const rows = jsonLines((await cli.run('audit', '--json', '--emails', list)).stdout)
    expect(rows.every(({ findings, accepted: of }) => String(findings) === '' && String(of) === 'missing')).toBe(true)
    const back = await cli.run('findings', '--json', '--take-back', 'missing', '--emails', list)
    expect(jsonLines(back.stdout)).toEqual([{ people: none.length }])
  })

  it('refuse what makes no sense', async () => {
    expect((await cli.run('findings', '--reason', 'x')).code).toBe(2)
    expect((await cli.run('findings', '--accept', 'missing', '--until', 'soon', '--all')).code).toBe(2)
  })
})

describe('library', () => {
  it('tells what is held, and forgets a person', async () => {
    const [person] = soundPeople()
    if (person === undefined) throw new Error('nobody has a sound photo')
    expect((await cli.run('sync', '--emails', await listFile([person.address]))).code).toBe(0)
    const held = await cli.run('library')
    expect(held.code).toBe(0)
    expect(held.stdout).toMatch(/HR648x648 +\d+ photos[\s\S]*Encryption: off/)
    const forgotten = await cli.run('library', '--forget', person.address, '--json')
    const [removed] = jsonLines(forgotten.stdout)
    expect(removed?.['photos']).toBeGreaterThan(0)
  })

  it('sets a library that is no database aside, and keeps the account', async () => {
    const { account, home } = cli
    const folder = join(home, 'data', 'libraries')
    const [name] = (await readdir(folder)).filter((file) => file.endsWith('.sqlite'))
    await writeFile(join(folder, name ?? ''), 'no database at all '.repeat(100))
    const broken = await cli.run('library', '--json')
    expect(broken.code).toBe(1)
    expect(broken.stderr).toContain('Rebuild the library')
    const rebuilt = await cli.run('library', '--rebuild', '--json')
    expect(rebuilt.code).toBe(0)
    expect(jsonLines(rebuilt.stdout)[0]).toMatchObject({
      address: account.address,
      people: 0,
      setAside: [{ bytes: 1900 }],
    })
  })

  it('refuses options that do not go together', async () => {
    expect((await cli.run('library', '--check', '--rebuild')).code).toBe(2)
    expect((await cli.run('library', '--all')).code).toBe(2)
    expect((await cli.run('library', '--purge', 'photos')).code).toBe(2)
  })
})
