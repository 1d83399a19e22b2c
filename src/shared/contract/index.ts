import type { ContractRouterClient } from '@orpc/contract'
import { appContract } from './app.ts'
import { auditContract } from './audit.ts'
import { connectionsContract } from './connections.ts'
import { exportsContract } from './exports.ts'
import { jobsContract } from './jobs.ts'
import { libraryContract } from './library.ts'
import { peopleContract } from './people.ts'
import { photosContract } from './photos.ts'
import { scopesContract } from './scopes.ts'
import { settingsContract } from './settings.ts'

/** Everything that the page, a test or the command line can ask of the engine. Bytes never cross it; photos have addresses. */
export const contract = {
  app: appContract,
  audit: auditContract,
  connections: connectionsContract,
  exports: exportsContract,
  jobs: jobsContract,
  library: libraryContract,
  people: peopleContract,
  photos: photosContract,
  scopes: scopesContract,
  settings: settingsContract,
}

/** The contract as a client sees it, over whatever transport. */
export type EngineClient = ContractRouterClient<typeof contract>
