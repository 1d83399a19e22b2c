import process from 'node:process'
import { inCache } from './project.mjs'

/**
 * What a process that holds an engine is started with, for `env`. glibc gives every thread a store of memory of its own and
 * gives none of it back; with one for all, Rollcall takes some 26 MB less (docs/benchmarks.md). Other systems know no such thing.
 * Compiled code is kept, so that the next start need not compile it again.
 */
export const HOST_ENVIRONMENT = {
  MALLOC_ARENA_MAX: process.env.MALLOC_ARENA_MAX ?? '1',
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? inCache('compiled'),
}
