import type { ClientLink } from '@orpc/client'
import { createORPCClient } from '@orpc/client'
import { ResponseValidationPlugin } from '@orpc/contract/plugins'
import type { EngineClient } from '../../shared/contract/index.ts'
import { contract } from '../../shared/contract/index.ts'

type Call = ClientLink<Record<never, never>>['call']

/** What every link is made with: answers are checked against the contract before the page sees them. */
export function linkPlugins() {
  return [new ResponseValidationPlugin<Record<never, never>>(contract)]
}

/** A client whose calls go to whatever link is open at that moment. */
export function createEngineClient(call: Call): EngineClient {
  return createORPCClient<EngineClient>({ call })
}
