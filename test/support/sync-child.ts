import { writeSync } from 'node:fs'
import { z } from 'zod'
import { startEngine } from '../../src/main/engine/start-engine.ts'
import { sizeCodeSchema } from '../../src/shared/size-codes.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import { bareHost, engineOptions } from './engine-options.ts'

/**
 * A process that connects and syncs until it is done or killed; where a sync was broken off, it goes on with that. It writes a line for every photo at the moment at which it is
 * told that the photo is stored, unbuffered: what a line says must survive any kill.
 */
const start = z
  .object({
    dataDir: z.string(),
    address: smtpAddressSchema,
    userName: z.string(),
    password: z.string(),
    ewsUrl: z.string(),
    caPem: z.string(),
    resolveRules: z.array(z.object({ host: z.string(), port: z.number(), toAddress: z.string(), toPort: z.number() })),
    addresses: z.array(smtpAddressSchema),
    sizeCodes: z.array(sizeCodeSchema),
  })
  .parse(JSON.parse(process.argv[2] ?? ''))

const network = {
  extraCaPem: [start.caPem],
  resolveRules: start.resolveRules,
  dnsServer: '127.0.0.1:9',
  concurrency: 4,
}
const engine = await startEngine(engineOptions(start.dataDir, { network }), bareHost())
const { address, userName, password, ewsUrl } = start
const connected = await engine.client.connections.start({ address, userName, password, ewsUrl, isRemembered: false })
if (connected.error !== null) throw new Error(JSON.stringify(connected.error))
const { signal } = new AbortController()
const session = engine.session()
const [interrupted] = (await session?.listInterrupted()) ?? []
const resume = interrupted === undefined ? null : ((await session?.findInterrupted(interrupted.id)) ?? null)
const end = await session?.sync({
  // What is asked is `all`: only the plan keeps what is done from being asked again.
  ...(resume ?? { addresses: start.addresses, sizeCodes: start.sizeCodes, ask: 'all' }),
  plan: resume === null ? { kind: 'sync' } : { resume },
  context: { signal, setTotal: () => {}, advance: () => {}, fail: () => {} },
  onPhoto: ({ record }) =>
    void writeSync(1, `${JSON.stringify(['stored', record.address, record.sizeCode, record.contentHash])}\n`),
})
writeSync(1, `${JSON.stringify(['done', end])}\n`)
await engine.close()
