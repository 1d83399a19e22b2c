import { implement } from '@orpc/server'
import { contract } from '../../../shared/contract/index.ts'
import type { EngineServices } from '../engine-services.ts'

/** What every call is given. `services` throws the failure of a start that went wrong: the answer to every call. */
export interface CallContext {
  services(): EngineServices
}

/** The contract, to be implemented. */
export const os = implement(contract).$context<CallContext>()

const waitingFor = (whenReady: 'whenFilled' | 'whenRested') =>
  os.use(async ({ context, next }) => {
    const session = context.services().session()
    if (session.ok) await session.value.filling[whenReady]()
    return next()
  })

/** The same for calls that need the index of people: they wait until it is filled. */
export const indexed = waitingFor('whenFilled')

/** The same for calls that nobody waits for: the index is not filled the sooner for them. */
export const indexedInTime = waitingFor('whenRested')
