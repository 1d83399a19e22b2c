import { appRoutes } from './app-routes.ts'
import { auditRoutes } from './audit-routes.ts'
import { os } from './base.ts'
import { connectionsRoutes } from './connections-routes.ts'
import { exportsRoutes } from './exports-routes.ts'
import { jobsRoutes } from './jobs-routes.ts'
import { libraryRoutes } from './library-routes.ts'
import { peopleRoutes } from './people-routes.ts'
import { photosRoutes } from './photos-routes.ts'
import { scopesRoutes } from './scopes-routes.ts'
import { settingsRoutes } from './settings-routes.ts'

/** The whole contract, implemented. */
export const router = os.router({
  app: appRoutes,
  audit: auditRoutes,
  connections: connectionsRoutes,
  exports: exportsRoutes,
  jobs: jobsRoutes,
  library: libraryRoutes,
  people: peopleRoutes,
  photos: photosRoutes,
  scopes: scopesRoutes,
  settings: settingsRoutes,
})
