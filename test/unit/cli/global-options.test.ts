import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { addGlobalOptions, parseResolveRule, readGlobalOptions } from '../../../src/main/hosts/cli/global-options.ts'
import { checkScopeOptions } from '../../../src/main/hosts/cli/scope-options.ts'

function parse(...args: string[]) {
  const program = addGlobalOptions(new Command())
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
  return readGlobalOptions(program.parse(args, { from: 'user' }))
}

const FINGERPRINT = Array.from({ length: 32 }, () => 'AB').join(':')

describe('global options', () => {
  it('reads them all', () => {
    const options = parse(
      ...['--json', '--data-dir', '/data', '--account', 'Ada@Example.org', '--password-stdin', '--user', 'EX\\ada'],
      ...['--auth', 'ntlm', '--ca-file', 'ca.pem', '--server', 'https://mail.example.org/EWS/Exchange.asmx/'],
      ...['--resolve', 'mail.example.org:443:127.0.0.1:8443', '--resolve', 'Other.example.org:443:127.0.0.2'],
      ...['--trust-host', 'Host.example.', '--trust-host', 'other.example', '--online-lookup'],
      ...['--pin-sha256', FINGERPRINT],
      ...['--dns-server', '127.0.0.1:5353', '--concurrency', '8', '--log-level', 'debug'],
    )
    expect(options).toEqual({
      ...{ clientCertificate: [], clientPassphraseStdin: false },
      ...{ json: true, dataDir: '/data', demo: false, account: 'ada@example.org', passwordStdin: true },
      ...{ user: 'EX\\ada', auth: 'ntlm', caFile: 'ca.pem', server: 'https://mail.example.org/EWS/Exchange.asmx' },
      resolve: [
        { host: 'mail.example.org', port: 443, toAddress: '127.0.0.1', toPort: 8443 },
        { host: 'other.example.org', port: 443, toAddress: '127.0.0.2', toPort: 443 },
      ],
      ...{ trustHost: ['host.example', 'other.example'], onlineLookup: true, pinSha256: [FINGERPRINT] },
      ...{ dnsServer: '127.0.0.1:5353', concurrency: 8, logLevel: 'debug' },
    })
  })

  it('has defaults that fit an ordinary user', () => {
    expect(parse()).toMatchObject({ json: false, demo: false, passwordStdin: false, resolve: [], logLevel: 'warn' })
    expect(parse().dataDir).toMatch(/Rollcall/)
  })

  it.each([
    ['--account', 'nobody'],
    ['--server', 'http://mail.example.org/EWS/Exchange.asmx'],
    ['--server', 'https://ada:secret@mail.example.org/'],
    ['--auth', 'digest'],
    ['--concurrency', '0'],
    ['--concurrency', '17'],
    ['--concurrency', '4x'],
    ['--dns-server', '127.0.0.1'],
    ['--dns-server', 'dns.example.org:53'],
    ['--log-level', 'loud'],
    ['--pin-sha256', 'AB:CD'],
    ['--people', '-1'],
    ['--resolve', 'mail.example.org:443'],
    ['--resolve', 'mail.example.org:0:127.0.0.1'],
    ['--resolve', 'mail.example.org:443:localhost'],
    ['--password', 'secret'],
  ])('refuses %s %s', (...args) => {
    expect(() => parse(...args)).toThrow(expect.objectContaining({ name: 'CommanderError', exitCode: 1 }))
  })

  it('takes an IPv6 address in brackets', () => {
    expect(parseResolveRule('mail.example.org:443:[::1]:8443')).toMatchObject({ toAddress: '::1', toPort: 8443 })
  })
})

describe('scope options', () => {
  it('wants exactly one', () => {
    expect(checkScopeOptions({ all: true }).ok).toBe(true)
    expect(checkScopeOptions({ query: 'anna' }).ok).toBe(true)
    expect(checkScopeOptions({ emails: 'list.txt' }).ok).toBe(true)
    expect(checkScopeOptions({}).ok).toBe(false)
    expect(checkScopeOptions({ all: true, query: 'anna' }).ok).toBe(false)
    expect(checkScopeOptions({ query: '  ' }).ok).toBe(false)
  })
})
