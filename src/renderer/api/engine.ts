import type { RouterUtils } from '@orpc/tanstack-query'
import type { QueryClient } from '@tanstack/react-query'
import type { EngineClient } from '../../shared/contract/index.ts'
import type { Bridge } from './bridge.ts'
import type { EngineEvents } from './engine-events.ts'
import type { PeopleRows } from './people-rows.ts'

/** Everything the page has of the engine. */
export interface Engine {
  readonly bridge: Bridge
  readonly client: EngineClient
  /** TanStack Query options and keys for each procedure. */
  readonly queries: RouterUtils<EngineClient>
  readonly events: EngineEvents
  readonly rows: PeopleRows
  readonly queryClient: QueryClient
}
