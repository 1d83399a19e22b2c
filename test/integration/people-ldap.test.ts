import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { InProcessEngine } from '../../src/main/engine/session-types.ts'
import { NO_FILTER } from '../../src/shared/people.ts'
import { commandLineFor, jsonLines, startCommand } from '../support/command-line.ts'
import { sessionOf, startDemoWorld, whenJobEnded } from '../support/engine-on-demo.ts'
import { addressOf } from '../support/photo-records.ts'
import {
  SLAPD_READER,
  SLAPD_SUFFIX,
  type Slapd,
  type SlapdEntry,
  startSlapd,
  whyNoSlapd,
} from '../support/start-slapd.ts'

const DC = 'dc1.fjordline.example'
const LDAP_URL = `ldaps://${DC}`
const PEOPLE = 2_500
const PICTURED = 40
const OU = `OU=Staff,${SLAPD_SUFFIX}`
const missing = whyNoSlapd()

type Attributes = SlapdEntry['attributes']

function person(name: string, attributes: Attributes): SlapdEntry {
  return {
    dn: `CN=${name},${OU}`,
    attributes: { objectClass: ['user', 'inetOrgPerson'], cn: name, sn: name, ...attributes },
  }
}

/** Ordinary people, the first of them with a thumbnail. */
function staff(thumbnail: Buffer): SlapdEntry[] {
  return Array.from({ length: PEOPLE }, (_, index) =>
    person(`person ${index}`, {
      mail: `person${index}@fjordline.example`,
      department: `Department ${index % 7}`,
      ...(index < PICTURED && { thumbnailPhoto: thumbnail }),
    }),
  )
}

describe.skipIf(missing !== null)(`people by LDAP at slapd${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  let world: Awaited<ReturnType<typeof startDemoWorld>>
  let slapd: Slapd
  let thumbnail: Buffer

  beforeAll(async () => {
    world = await startDemoWorld({ people: 30 })
    thumbnail = await sharp({ create: { width: 96, height: 96, channels: 3, background: '#268' } })
      .jpeg()
      .toBuffer()
    const user = world.user.address
    slapd = await startSlapd({
      host: DC,
      isSignInNeeded: true,
      entries: [
        { dn: OU, attributes: { objectClass: 'organizationalUnit', ou: 'Staff' } },
        ...staff(thumbnail),
        person('Berg, Anna'.replace(',', '\\,'), {
          ...{ cn: 'Berg, Anna', sn: 'Berg' },
          displayName: 'Berg, Anna Łucja',
          ...{ givenName: 'Anna', mail: 'old.name@fjordline.example', mailNickname: 'aberg', title: 'Engineer' },
          ...{ physicalDeliveryOfficeName: 'Bergen', company: 'Fjordline', department: 'Bridges' },
          proxyAddresses: ['smtp:second@fjordline.example', 'X500:/o=x/cn=anna', 'SMTP:Anna.Berg@Fjordline.example'],
          manager: `CN=person 1,${OU}`,
          ...{ telephoneNumber: '+47 55 1', mobile: '+47 4 2' },
        }),
        person('hidden', { mail: 'hidden@fjordline.example', msExchHideFromAddressLists: 'TRUE' }),
        person('room', { mail: 'room@fjordline.example', msExchRecipientTypeDetails: '16' }),
        person('nobody', { telephoneNumber: '1' }),
        person('broken picture', { mail: 'broken@fjordline.example', thumbnailPhoto: Buffer.from('no picture') }),
        person('the user', { mail: user, thumbnailPhoto: thumbnail }),
      ],
    })
  })
  afterEach(() => world.closeEngines())
  afterAll(async () => {
    await slapd?.close()
    await world?.demo.close()
  })

  /** An engine that is connected to Exchange and knows this directory. */
  async function open(
    ldap: { userName?: string; password?: string; isHiddenIncluded?: boolean; url?: string } = SLAPD_READER,
  ) {
    const folder = world.newFolder()
    const engine = await world.open(folder, {
      network: {
        extraCaPem: [world.demo.caPem, ...slapd.network.extraCaPem],
        resolveRules: [...world.demo.resolveRules, ...slapd.network.resolveRules],
        ...{ dnsServer: '127.0.0.1:9', concurrency: null },
      },
    })
    await world.connect(engine)
    await engine.client.connections.setLdap({ url: LDAP_URL, ...ldap })
    return { engine, folder }
  }

  const rowsOf = async (engine: InProcessEngine, text: string) =>
    (await engine.client.people.search({ query: { text, filter: NO_FILTER, sort: 'name' }, offset: 0, limit: 1 })).rows
  const stateOf = async (engine: InProcessEngine, text: string) => (await rowsOf(engine, text))[0]?.photo.state
  const read = async (engine: InProcessEngine) =>
    whenJobEnded(engine, await engine.client.people.startReadDirectory({ from: 'ldap' }))

  it('reads 2,500 people by pages of a thousand, and their thumbnails', async () => {
    const { engine } = await open()
    const job = await read(engine)
    // Three pages of people, one of pictures.
    expect(job).toMatchObject({ state: 'done', result: { kind: 'read-directory', requests: 4, isComplete: true } })
    expect(job.done).toBe(PEOPLE + 4)
    expect(await engine.client.people.readDirectoryStatus()).toMatchObject({ state: 'complete' })
    const found = await engine.client.people.read({ address: addressOf('anna.berg') })
    expect(found).toEqual({
      address: 'anna.berg@fjordline.example',
      displayName: 'Berg, Anna Łucja',
      ...{ givenName: 'Anna', surname: 'Berg', alias: 'aberg', title: 'Engineer', department: 'Bridges' },
      ...{ office: 'Bergen', company: 'Fjordline', manager: 'person 1', kind: 'person' },
      phones: [
        { label: 'Work', number: '+47 55 1' },
        { label: 'Mobile', number: '+47 4 2' },
      ],
    })
    expect(sessionOf(engine).people.find(addressOf('room'))?.kind).toBe('room')
    for (const nobody of ['hidden', 'old.name', 'nobody', 'reader'])
      expect(sessionOf(engine).people.find(addressOf(nobody))).toBeNull()
  })

  it('keeps a thumbnail as the directory’s picture, with the evidence that LDAP gave it', async () => {
    const { engine } = await open()
    await read(engine)
    const address = addressOf('person3')
    const records = await engine.client.photos.list({ address })
    const directory = records.find(({ sizeCode }) => sizeCode === 'HR48x48')
    expect(directory).toMatchObject({
      ...{ verdict: 'photo', status: null, etag: null, widthPx: 96, heightPx: 96, format: 'jpeg', server: DC },
      askedUrl: `${LDAP_URL}/${SLAPD_SUFFIX}?thumbnailPhoto?sub?(mail=person3%40fjordline.example)`,
    })
    expect(Buffer.from(sessionOf(engine).photos.readBytes(directory?.contentHash ?? '') ?? [])).toEqual(thumbnail)
    // It says nothing of the mailbox, and is shown all the same.
    const rows = await rowsOf(engine, 'person3@fjordline.example')
    expect(rows[0]?.photo).toMatchObject({ state: 'not-asked', tile: { sizeCode: 'HR48x48', widthPx: 96 } })
    expect(world.photoRequests()).toEqual([])
  })

  it('is “thumbnail only” where Exchange then has no photo', async () => {
    const { engine } = await open()
    await read(engine)
    const address = addressOf(world.user.address)
    world.demo.script.removePhoto(address)
    await sessionOf(engine).ensurePhoto(address, 'HR648x648', {
      priority: 'opened',
      signal: new AbortController().signal,
    })
    // Changes reach the index a moment later.
    await expect.poll(() => stateOf(engine, address)).toBe('thumbnail-only')
  })

  it('reads hidden people, too, where that is wanted, and only below the base that was given', async () => {
    const { engine } = await open({ ...SLAPD_READER, isHiddenIncluded: true })
    await read(engine)
    expect(sessionOf(engine).people.find(addressOf('hidden'))).not.toBeNull()
    const elsewhere = await open({ ...SLAPD_READER, url: `${LDAP_URL}/CN=Configuration,${SLAPD_SUFFIX}` })
    expect(await read(elsewhere.engine)).toMatchObject({ state: 'failed', error: { code: 'unexpected-answer' } })
  })

  it('says what is missing: no server, no password, a wrong one', async () => {
    const { engine } = await open()
    await engine.client.connections.forgetLdap()
    expect(await read(engine)).toMatchObject({ error: { code: 'invalid-input', field: 'LDAP' } })
    await engine.client.connections.setLdap({ url: LDAP_URL, userName: SLAPD_READER.userName })
    expect(await read(engine)).toMatchObject({
      error: { code: 'unauthorized', endpoint: LDAP_URL, hint: 'no-credentials' },
    })
    await engine.client.connections.setLdap({ url: LDAP_URL, ...SLAPD_READER, password: 'another' })
    expect(await read(engine)).toMatchObject({ error: { code: 'unauthorized', hint: 'wrong-password' } })
  })

  it('keeps the password out of every file and answer, and never gives it to another host', async () => {
    const { engine, folder } = await open()
    const { connections } = engine.client
    expect(await connections.readLdap()).toEqual({
      ...{ url: LDAP_URL, userName: SLAPD_READER.userName, isHiddenIncluded: false, secretKeptIn: 'this-run' },
    })
    await read(engine)
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(files.length).toBeGreaterThan(2)
    for (const { parentPath, name } of files)
      expect(readFileSync(join(parentPath, name), 'latin1').includes(SLAPD_READER.password)).toBe(false)
    // The same host keeps it, another one does not.
    const { userName } = SLAPD_READER
    expect(await connections.setLdap({ url: `${LDAP_URL}:637`, userName })).toMatchObject({ secretKeptIn: 'this-run' })
    expect(await connections.setLdap({ url: 'ldaps://evil.example', userName })).toMatchObject({
      secretKeptIn: 'nowhere',
    })
  })

  it('is read by the command line', async () => {
    const line = await commandLineFor(world.demo)
    try {
      const ca = join(line.home, 'both.pem')
      await writeFile(ca, [world.demo.caPem, ...slapd.network.extraCaPem].join('\n'))
      const rules = slapd.network.resolveRules.flatMap(({ host, port, toAddress, toPort }) => [
        ...['--resolve', `${host}:${port}:${toAddress}:${toPort}`],
      ])
      const { account } = line
      const signIn = ['--account', account.address, '--user', account.userName, '--password-stdin']
      const ldap = ['--from', 'ldap', '--ldap', LDAP_URL, '--ldap-user', SLAPD_READER.userName, '--ldap-password-stdin']
      const { code, stdout, stderr } = await startCommand(
        line.home,
        [...line.network, '--ca-file', ca, ...rules, ...signIn, 'people', 'bridges', '--json', ...ldap],
        `${account.password}\n${SLAPD_READER.password}\n`,
      ).ended
      expect({ code, stderr }).toMatchObject({
        code: 0,
        stderr: expect.stringContaining(`has ${PEOPLE + 4} people (4 requests)`),
      })
      expect(jsonLines(stdout)).toMatchObject([{ mailbox: 'anna.berg@fjordline.example', office: 'Bergen' }])
      expect(stdout + stderr).not.toContain(SLAPD_READER.password)
    } finally {
      await line.remove()
    }
  })
})
