import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { describeSteps } from '../../src/shared/describe-connection.ts'
import { commandLineFor, jsonLines } from '../support/command-line.ts'
import { startDiscoveryWorld } from '../support/discover-on-demo.ts'
import {
  connectionPoint,
  SLAPD_READER,
  type Slapd,
  type SlapdEntry,
  type SlapdOptions,
  startSlapd,
  whyNoSlapd,
} from '../support/start-slapd.ts'

const URL_ENTRY = '77378F46-2C66-4aa9-A6A6-3E7A48B19596'
const POINTER = '67661d7F-8FC4-4fa7-BFAC-E1D7794C1F68'
const [NEAR, ANYWHERE, FAR] = ['near', 'anywhere', 'far'].map((name) => `${name}.fjordline.example`) as [
  string,
  string,
  string,
]
const DC = 'dc1.fjordline.example'
const missing = whyNoSlapd()

const point = (host: string, ...keywords: string[]): SlapdEntry =>
  connectionPoint(host, [URL_ENTRY, ...keywords], `https://${host}/Autodiscover/Autodiscover.xml`)

describe.skipIf(missing !== null)(`SCP lookup at slapd${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let world: Awaited<ReturnType<typeof startDiscoveryWorld>>
  const running: Slapd[] = []

  beforeAll(async () => {
    world = await startDiscoveryWorld({ extraHosts: [NEAR, ANYWHERE, FAR, 'evil.example'] })
  })
  afterEach(async () => {
    world.reset()
    await Promise.all(running.splice(0).map((one) => one.close()))
  })
  afterAll(() => world?.demo.close())

  async function directory(entries: SlapdEntry[], options: Partial<SlapdOptions> = {}): Promise<Slapd> {
    const slapd = await startSlapd({ host: DC, entries, ...options })
    running.push(slapd)
    return slapd
  }

  /** Connects with these directories at hand; says where the settings came from. */
  async function connect(slapds: readonly Slapd[], changes: Parameters<typeof world.connect>[0] = {}) {
    const network = {
      extraCaPem: [world.demo.caPem, ...slapds.flatMap((one) => one.network.extraCaPem)],
      resolveRules: [...slapds.flatMap((one) => one.network.resolveRules), ...world.demo.resolveRules],
    }
    const attempt = await world.connect({ ldapUrl: `ldaps://${DC}`, network, ...changes })
    const found = attempt.steps.find(({ outcome, name }) => outcome === 'found' && name.startsWith('autodiscover'))
    return { ...attempt, at: found === undefined ? null : new URL(found.url).hostname }
  }

  it.each([
    { of: 'the own site', points: [point(FAR, 'Site=Oslo'), point(ANYWHERE), point(NEAR, 'Site=Bergen')], at: NEAR },
    { of: 'no site', points: [point(FAR, 'Site=Oslo'), point(ANYWHERE)], at: ANYWHERE },
    { of: 'another site', points: [point(FAR, 'Site=Oslo')], at: FAR },
  ])('takes the endpoint of $of', async ({ points, at }) => {
    const attempt = await connect([await directory(points)])
    expect(attempt).toMatchObject({ at, result: { ok: true, value: { discovery: { isInside: true } } } })
    expect(attempt.steps[0]).toMatchObject({
      ...{ name: 'scp-lookup', url: `ldaps://${DC}`, outcome: 'found', status: null },
      evidence: {
        resolvedAddress: '127.0.0.1',
        tlsVersion: 'TLSv1.3',
        certificate: { names: expect.arrayContaining([DC]) },
      },
    })
    expect(attempt.steps[1]?.name).toBe('autodiscover-soap')
  })

  it('is encrypted by StartTLS as well', async () => {
    const attempt = await connect([await directory([point(NEAR)])], { ldapUrl: `ldap://${DC}` })
    expect(attempt).toMatchObject({
      at: NEAR,
      steps: [{ outcome: 'found', evidence: { tlsVersion: 'TLSv1.3' } }, {}, {}],
    })
  })

  it('follows a pointer to the forest of the mail domain', async () => {
    const other = 'dc.other.fjordline.example'
    const here = await directory([
      point(FAR),
      connectionPoint('pointer', [POINTER, 'Domain=fjordline.example'], `LDAP://${other}`),
    ])
    const there = await directory([point(NEAR)], { host: other })
    const { at, steps } = await connect([here, there])
    expect(at).toBe(NEAR)
    expect(steps.slice(0, 2)).toMatchObject([
      { name: 'scp-lookup', outcome: 'redirected', detail: `It points to LDAP://${other}.` },
      { name: 'scp-lookup', outcome: 'found', url: `ldaps://${other}` },
    ])
  })

  it('goes on with the usual places where the directory holds nothing', async () => {
    const { at, steps, result } = await connect([await directory([])])
    expect(steps[0]).toMatchObject({ name: 'scp-lookup', outcome: 'nothing-here' })
    expect(at).toBe('autodiscover.fjordline.example')
    expect(result).toMatchObject({ ok: true, value: { discovery: { isInside: false } } })
  })

  it('goes on with the usual places where the server is away', async () => {
    const slapd = await directory([point(NEAR)])
    await slapd.close()
    running.length = 0
    const { at, steps } = await connect([slapd])
    expect(steps[0]).toMatchObject({ name: 'scp-lookup', outcome: 'unreachable' })
    expect(steps[0]?.advice).toContain('636')
    expect(at).toBe('autodiscover.fjordline.example')
  })

  it('takes the inside URL first where the directory named the place', async () => {
    const inside = `https://${NEAR}/EWS/Exchange.asmx`
    const values = { ExternalEwsUrl: world.demo.ewsUrl, InternalEwsUrl: inside }
    for (const host of [NEAR, 'autodiscover.fjordline.example'])
      world.demo.script.answerAutodiscover({ host, service: 'soap', answer: { kind: 'settings', values } })
    const slapd = await directory([point(NEAR)])
    expect((await connect([slapd])).result).toMatchObject({ value: { endpoints: { ewsUrl: inside } } })
    const outside = await world.connect()
    expect(outside.result).toMatchObject({ value: { endpoints: { ewsUrl: world.demo.ewsUrl } } })
  })

  it('asks before it leaves the mail domain, and gives no credentials to a URL that is not https', async () => {
    world.hideAutodiscover()
    const slapd = await directory([
      connectionPoint('plain', [URL_ENTRY], `http://${NEAR}/autodiscover/autodiscover.xml`),
      point('evil.example'),
    ])
    const { result } = await connect([slapd])
    expect(result).toMatchObject({ error: { code: 'consent-needed', host: 'evil.example' } })
    expect(world.hostsWithCredentials()).toEqual([])
    const agreed = await connect([slapd], { agreedHosts: ['evil.example'] })
    expect(agreed.at).toBe('evil.example')
  })

  it('signs in where the directory wants that, and tells no password', async () => {
    const slapd = await directory([point(NEAR)], { isSignInNeeded: true })
    const { steps } = await connect([slapd], SLAPD_READER)
    expect(steps[0]).toMatchObject({ name: 'scp-lookup', outcome: 'found' })
    expect(JSON.stringify(steps)).not.toContain(SLAPD_READER.password)
    expect(describeSteps(steps)).not.toContain(SLAPD_READER.password)
  })

  it('ends at a refused password: nothing more is tried', async () => {
    const slapd = await directory([point(NEAR)], { isSignInNeeded: true })
    const { result, steps } = await connect([slapd], { ...SLAPD_READER, password: 'another one' })
    expect(result).toMatchObject({ error: { code: 'unauthorized', endpoint: `ldaps://${DC}`, hint: 'wrong-password' } })
    expect(steps).toHaveLength(1)
    expect(world.demo.requests()).toEqual([])
  })

  it('is shown by the command line, and kept with the account', async () => {
    const slapd = await directory([point(NEAR)])
    const line = await commandLineFor(world.demo)
    try {
      const ca = join(line.home, 'both.pem')
      await writeFile(ca, [world.demo.caPem, ...slapd.network.extraCaPem].join('\n'))
      const rules = slapd.network.resolveRules.flatMap(({ host, port, toAddress, toPort }) => [
        ...['--resolve', `${host}:${port}:${toAddress}:${toPort}`],
      ])
      const network = ['--ca-file', ca, ...rules]
      const first = await line.run('connect', '--json', ...network, '--ldap', `ldaps://${DC}`)
      expect(jsonLines(first.stdout)[0]).toMatchObject({ step: 'scp-lookup', url: `ldaps://${DC}`, outcome: 'found' })
      expect(first.code).toBe(0)
      const accounts = await readFile(join(line.home, 'data', 'accounts.json'), 'utf8')
      expect(JSON.parse(accounts)).toMatchObject({
        accounts: [{ ldap: { url: `ldaps://${DC}` }, discovery: { isInside: true } }],
      })
      const wrong = await line.run('connect', '--ldap', `https://${DC}`)
      expect(wrong.code).toBe(2)
    } finally {
      await line.remove()
    }
  })

  it('asks the directory of the machine’s domain where no server was named', async () => {
    const slapd = await directory([point(NEAR)])
    const machineDomain = { domain: 'fjordline.example', logonServer: DC }
    const network = {
      extraCaPem: [world.demo.caPem, ...slapd.network.extraCaPem],
      resolveRules: [...slapd.network.resolveRules, ...world.demo.resolveRules],
    }
    const { steps } = await world.connect({ machineDomain, network })
    expect(steps[0]).toMatchObject({ name: 'scp-lookup', url: `ldaps://${DC}`, outcome: 'found' })
  })
})
