import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DemoExchange } from '../../src/main/demo/demo-types.ts'
import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'

/** Debian's Python; another one on the path need not have exchangelib. */
const PYTHON = '/usr/bin/python3'
const CLIENT = fileURLToPath(new URL('../support/exchangelib_client.py', import.meta.url))

function hasExchangelib(): boolean {
  try {
    execFileSync(PYTHON, ['-c', 'import exchangelib'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

describe.skipIf(!hasExchangelib())('the demo Exchange, asked by exchangelib', () => {
  let exchange: DemoExchange
  let folder = ''

  beforeAll(async () => {
    exchange = await startDemoExchange({ people: 60 })
    folder = await mkdtemp(join(tmpdir(), 'rollcall-demo-'))
    await writeFile(join(folder, 'ca.pem'), exchange.caPem)
  })
  afterAll(async () => {
    await exchange.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function ask(userName: string, password: string): Promise<{ answer: string; complaint: string }> {
    const address = exchange.accounts[0]?.address ?? ''
    const client = spawn(PYTHON, [CLIENT, String(exchange.port), join(folder, 'ca.pem'), address, userName])
    client.stdin.end(password)
    const read = async (stream: NodeJS.ReadableStream): Promise<string> => {
      const chunks: string[] = []
      for await (const chunk of stream) chunks.push(String(chunk))
      return chunks.join('')
    }
    const [answer, complaint] = await Promise.all([read(client.stdout), read(client.stderr)])
    return { answer, complaint }
  }

  it('finds the server by the older Autodiscover, resolves names, finds people and expands a list', async () => {
    const [account] = exchange.accounts
    const { answer, complaint } = await ask(account?.userName ?? '', account?.password ?? '')
    expect(answer, complaint).not.toBe('')
    const list = exchange.people.find(({ alias }) => alias === 'dl.projectaurora')
    const majas = exchange.people.filter(({ displayName }) => /(^| )maja/i.test(displayName))
    expect(JSON.parse(answer)).toEqual({
      endpoint: exchange.ewsUrl,
      authType: 'NTLM',
      version: '15.2.2562.17',
      resolved: [
        { name: 'Aino Mäkelä', address: 'aino.makela@fjordline.example', department: 'Marketing & Communications' },
      ],
      many: majas.length,
      personas: majas.map(({ address }) => address).sort(),
      members: [...(list?.members ?? [])].sort(),
    })
    const asked = new Set(exchange.requests().map(({ operation }) => operation))
    expect([...asked]).toEqual(
      expect.arrayContaining(['Autodiscover', 'ResolveNames', 'FindPeople', 'ExpandDL', 'SignIn']),
    )
    expect(exchange.failedLogons()).toBe(0)
  })
})
