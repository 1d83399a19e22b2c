import { afterEach, describe, expect, it } from 'vitest'
import { openCertificates } from '../../src/main/demo/sign-in/create-certificates.ts'
import type { EngineOptions } from '../../src/main/engine/host-ports.ts'
import { sessionOf } from '../support/engine-on-demo.ts'
import { connectToTiny, photosAskedOf, photosOfEverybody } from '../support/engine-on-tiny.ts'
import { addressOf } from '../support/photo-records.ts'
import { startTinyDns } from '../support/tiny-dns-server.ts'
import { startTinyServer, TINY_HOST } from '../support/tiny-https-server.ts'

const PEOPLE = Array.from({ length: 60 }, (_, at) => addressOf(`p${at}`))
const undone: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const undo of undone.splice(0).reverse()) await undo()
})

async function connect(network: Partial<EngineOptions['network']>, ewsUrl: string) {
  const engine = await connectToTiny(network, ewsUrl)
  const sync = () => {
    const context = { signal: new AbortController().signal, setTotal: () => {}, advance: () => {}, fail: () => {} }
    return sessionOf(engine).sync({ addresses: PEOPLE, sizeCodes: ['HR48x48'], ask: 'stale', context })
  }
  const listMissing = () => {
    const { photos } = sessionOf(engine)
    return PEOPLE.filter((address) => photos.find(address, 'HR48x48')?.record.verdict !== 'photo')
  }
  return { engine, sync, listMissing }
}

describe('in the middle of a sync', () => {
  it.skipIf(process.platform !== 'linux')(
    'a name that leads to another address is followed with the next connection, and nothing is lost',
    async () => {
      const addresses = new Map([[TINY_HOST, '127.0.0.1']])
      const dns = await startTinyDns({}, addresses)
      undone.push(dns.close)
      const old = await startTinyServer(photosOfEverybody((asked) => asked === 20 && move()))
      const { port } = old
      const moved = await startTinyServer(photosOfEverybody(), { at: { address: '127.0.0.2', port } })
      undone.push(moved.close)
      // The old machine is switched off with whatever is on its way.
      let isOff: Promise<void> | null = null
      const move = () => {
        addresses.set(TINY_HOST, '127.0.0.2')
        isOff = old.close()
      }
      const extraCaPem = [...old.network.extraCaPem, ...moved.network.extraCaPem]
      const url = `https://${TINY_HOST}:${port}/EWS/Exchange.asmx`
      const { sync, listMissing } = await connect({ extraCaPem, dnsServer: dns.server }, url)
      const end = await sync()
      await isOff
      expect(end).toMatchObject({ asked: PEOPLE.length, new: PEOPLE.length, failed: 0, stoppedBy: null })
      expect(listMissing()).toEqual([])
      // What the old one had answered is not asked again: at most what was on its way is.
      expect(photosAskedOf(old).length).toBeGreaterThanOrEqual(20)
      expect(photosAskedOf(old).length).toBeLessThan(PEOPLE.length)
      expect(photosAskedOf(old).length + photosAskedOf(moved).length).toBeLessThanOrEqual(PEOPLE.length + 4)
    },
  )

  async function startRenewing(isTrusted: boolean) {
    const successor = await openCertificates(null, Date.now())
    const server = await startTinyServer(
      photosOfEverybody((asked) => asked === 20 && server.showCertificate(successor)),
    )
    undone.push(server.close)
    const { extraCaPem, resolveRules } = server.network
    const authorities = isTrusted ? [...extraCaPem, successor.caPem] : extraCaPem
    const connected = await connect({ extraCaPem: authorities, resolveRules }, `${server.url}/EWS/Exchange.asmx`)
    return { server, ...connected }
  }

  it('a certificate that is renewed by an authority that is trusted changes nothing', async () => {
    const { server, sync, listMissing } = await startRenewing(true)
    const end = await sync()
    expect(end).toMatchObject({ asked: PEOPLE.length, new: PEOPLE.length, failed: 0, stoppedBy: null })
    expect(listMissing()).toEqual([])
    expect(photosAskedOf(server).length).toBeLessThanOrEqual(PEOPLE.length + 4)
  })

  it('a certificate that nobody trusts any more ends it, says so, and nothing is sent until it is trusted again', async () => {
    const { server, sync, listMissing, engine } = await startRenewing(false)
    const end = await sync()
    expect(end.stoppedBy).toMatchObject({ code: 'certificate-untrusted' })
    const asked = photosAskedOf(server).length
    expect(asked).toBeLessThanOrEqual(20 + 4)
    const missing = listMissing().length
    expect(missing).toBeGreaterThanOrEqual(PEOPLE.length - 20)

    server.showCertificate(server.certificates)
    await engine.client.connections.retry()
    expect(await sync()).toMatchObject({ new: missing, failed: 0, stoppedBy: null })
    expect(listMissing()).toEqual([])
    expect(photosAskedOf(server)).toHaveLength(asked + missing)
  })
})
