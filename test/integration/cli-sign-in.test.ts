import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DemoExchange } from '../../src/main/demo/demo-types.ts'
import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import { commandLineFor, jsonLines, startCommand } from '../support/command-line.ts'
import { startProxy, type TestProxy } from '../support/start-proxy.ts'

/** One command of the demo's first account, with the network options that the test chooses. */
async function commandsOf(exchange: DemoExchange) {
  const cli = await commandLineFor(exchange)
  const data = cli.network.slice(0, 2)
  const rules = cli.network.slice(4)
  const signIn = ['--account', cli.account.address, '--user', cli.account.userName]
  const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    startCommand(cli.home, [...data, ...signIn, ...args], `${cli.account.password}\n`, env).ended
  return { ...cli, rules, caFile: cli.network.slice(2, 4), run, server: ['--server', exchange.ewsUrl] }
}

describe('the command line at a server whose CA nobody knows', () => {
  let exchange: DemoExchange
  let cli: Awaited<ReturnType<typeof commandsOf>>
  beforeAll(async () => {
    exchange = await startDemoExchange({ people: 5 })
    cli = await commandsOf(exchange)
  })
  afterAll(async () => {
    await exchange.close()
    await cli.remove()
  })

  it('shows the fingerprint, takes it by --pin-sha256, and keeps it with the account', async () => {
    const connect = ['--password-stdin', ...cli.server, ...cli.rules, 'connect']
    const refused = await cli.run(connect)
    expect(refused.code).toBe(4)
    const fingerprint = /(?:[0-9A-F]{2}:){31}[0-9A-F]{2}/.exec(refused.stderr)?.[0] ?? ''
    expect(exchange.requests()).toEqual([])
    expect((await cli.run(['--pin-sha256', fingerprint, ...connect])).code).toBe(0)
    expect((await cli.run([...connect, '--json'])).code).toBe(0)
  })

  it('refuses a fingerprint that is none', async () => {
    const { code, stderr } = await cli.run(['--pin-sha256', 'abc', 'connect'])
    expect(code).toBe(2)
    expect(stderr).toContain('SHA-256')
  })
})

describe('the command line at a server that offers Basic only', () => {
  let exchange: DemoExchange
  let cli: Awaited<ReturnType<typeof commandsOf>>
  let proxy: TestProxy
  beforeAll(async () => {
    exchange = await startDemoExchange({ people: 5, schemes: ['basic'] })
    cli = await commandsOf(exchange)
    proxy = await startProxy(exchange.port)
  })
  afterAll(async () => {
    await proxy.close()
    await exchange.close()
    await cli.remove()
  })

  it('warns of it, in the steps and at every command', async () => {
    const network = [...cli.caFile, ...cli.server, ...cli.rules]
    const connected = await cli.run(['--password-stdin', ...network, '--json', 'connect'])
    expect(connected.code).toBe(0)
    expect(connected.stderr).toContain('Warning: Basic')
    const step = jsonLines(connected.stdout).find((line) => line['step'] === 'sign-in')
    expect(step?.['advice']).toContain('Basic sends the password itself')
    const listed = await cli.run(['--password-stdin', ...network, 'people', '--all'])
    expect(listed.stderr).toContain('Warning: Basic')
  })

  it('goes through the proxy of the environment, and past it where NO_PROXY says so', async () => {
    const connect = ['--password-stdin', ...cli.caFile, ...cli.server, 'connect']
    const env = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}` }
    expect((await cli.run(connect, env)).code).toBe(0)
    expect(proxy.asked.map(({ target }) => target)).toContain('mail.fjordline.example:443')
    const asked = proxy.asked.length
    const excluded = await cli.run(connect, { ...env, NO_PROXY: '.fjordline.example' })
    expect(excluded.code).toBe(4)
    expect(proxy.asked).toHaveLength(asked)
  })
})
