import { MessageChannel } from 'node:worker_threads'
import { createORPCClient, safe } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { os } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { afterEach, expect, it } from 'vitest'
import { toPlainPort } from '../../src/main/engine/message-ports.ts'
import { linkPlugins } from '../../src/renderer/api/engine-client.ts'
import { toAppError } from '../../src/renderer/api/to-app-error.ts'
import type { EngineClient } from '../../src/shared/contract/index.ts'

let close = () => {}
afterEach(() => close())

/** The page's client before something that answers as told, and not by the contract. */
function clientOf(version: unknown): EngineClient {
  const { port1, port2 } = new MessageChannel()
  close = () => port1.close()
  const read = os.handler(() => ({
    version,
    host: 'test',
    canChooseFolder: true,
    photoBase: '/photo',
    hasSecretStore: true,
  }))
  new RPCHandler({ app: { read } }).upgrade(toPlainPort(port2))
  const client = createORPCClient<EngineClient>(new RPCLink({ port: port1, plugins: linkPlugins() }))
  port1.start()
  return client
}

it('the page takes an answer that is in the contract', async () => {
  expect(await clientOf('1.0.0').app.read()).toMatchObject({ version: '1.0.0' })
})

it('the page refuses an answer that is not in the contract, and can say so', async () => {
  const { error } = await safe(clientOf({ not: 'a version' }).app.read())
  expect(error).not.toBeNull()
  expect(toAppError(error)).toMatchObject({ code: 'unexpected-answer' })
})
