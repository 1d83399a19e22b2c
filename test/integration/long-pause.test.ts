import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { DemoExchange } from '../../src/main/demo/demo-types.ts'
import { startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import { commandLineFor } from '../support/command-line.ts'

let exchange: DemoExchange
let cli: Awaited<ReturnType<typeof commandLineFor>>
beforeAll(async () => {
  exchange = await startDemoExchange({ people: 40 })
  cli = await commandLineFor(exchange)
})
afterAll(async () => {
  await exchange.close()
  await cli.remove()
})

it('a pause of hours that the server asks for is said with its end, is kept, and can be cancelled at once', async () => {
  const list = join(cli.home, 'list.txt')
  await writeFile(list, exchange.people.map(({ address }) => address).join('\n'))
  // The first question is the sign-in's.
  exchange.script.answerBusyAfter(4, { status: 503, retryAfterSeconds: 7_200, count: 1_000 })
  const syncing = cli.start('sync', '--emails', list)
  await syncing.whenSaid('The server asks for a pause of 2 hours, until ')
  const until = Date.parse(/until (\S+Z)\./.exec(syncing.text().stderr)?.[1] ?? '')
  expect(Math.abs(until - Date.now() - 7_200_000)).toBeLessThan(60_000)
  const asked = exchange.requests('GetUserPhoto').length
  syncing.child.kill('SIGINT')
  expect((await syncing.ended).code).toBe(130)
  expect(exchange.requests('GetUserPhoto')).toHaveLength(asked)
})
