import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'

/** What the bench needs to know of a demo Exchange in another process. */
export interface DemoFacts {
  readonly port: number
  readonly ewsUrl: string
  readonly caPem: string
  readonly address: string
  readonly userName: string
  readonly password: string
  readonly resolveRules: Awaited<ReturnType<typeof startDemoExchange>>['resolveRules']
  /** Everybody's address, with what the server has for them: `null` where the answer is not a photo. */
  readonly addresses: readonly string[]
}

const [people = '2000', cacheDir = ''] = process.argv.slice(2)
const demo = await startDemoExchange({ people: Number(people), cacheDir: cacheDir || null })
const [account] = demo.accounts
if (!account) throw new Error('The demo has no account.')
const facts: DemoFacts = {
  port: demo.port,
  ewsUrl: demo.ewsUrl,
  caPem: demo.caPem,
  ...account,
  resolveRules: demo.resolveRules,
  addresses: demo.truth().map((truth) => truth.address),
}
process.stdout.write(`${JSON.stringify(facts)}\n`)
process.once('SIGTERM', () => void demo.close().then(() => process.exit(0)))
