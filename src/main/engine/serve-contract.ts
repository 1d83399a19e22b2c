import { createRouterClient } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import type { EngineClient } from '../../shared/contract/index.ts'
import type { Log } from '../core/ports.ts'
import { nameFailures } from './app-failure.ts'
import type { MessagePortLike } from './host-ports.ts'
import { toPlainPort } from './message-ports.ts'
import type { CallContext } from './routes/base.ts'
import { router } from './routes/router.ts'

/** The contract in this thread: called directly, or through a port. */
export interface ServedContract {
  readonly client: EngineClient
  connectPort(port: MessagePortLike): void
}

/** Serves the contract on what `context` gives. */
export function serveContract(context: CallContext, log: Log): ServedContract {
  const interceptor = nameFailures(log)
  const handler = new RPCHandler<CallContext>(router, { clientInterceptors: [interceptor] })
  return {
    client: createRouterClient(router, { context, interceptors: [interceptor] }),
    connectPort: (port) => handler.upgrade(toPlainPort(port), { context }),
  }
}
