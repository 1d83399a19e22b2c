import { peopleAndPhotos } from './0001-people-and-photos.ts'
import { refusedBodiesAndSeal } from './0002-refused-bodies-and-seal.ts'
import { savedScopes } from './0003-saved-scopes.ts'
import { whatWasAnswered } from './0004-what-was-answered.ts'
import { syncPlans } from './0005-sync-plans.ts'
import { plansInSteps } from './0006-plans-in-steps.ts'
import { openingScreen } from './0007-opening-screen.ts'
import type { Migration } from './migration.ts'

/** Every step, in order, without gaps. */
export const ALL_MIGRATIONS: readonly Migration[] = [
  peopleAndPhotos,
  refusedBodiesAndSeal,
  savedScopes,
  whatWasAnswered,
  syncPlans,
  plansInSteps,
  openingScreen,
]
