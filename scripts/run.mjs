// `node scripts/run.mjs FILE …`: sets up, then runs one of the project's own TypeScript programs under the right Node.
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { ensureBuildOrExit } from './setup/build.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'
import { ensureNode } from './setup/node-version.mjs'
import { runInForeground } from './setup/processes.mjs'
import { inProject } from './setup/project.mjs'

await ensureNode(fileURLToPath(import.meta.url))
await ensureDependencies()
await ensureBuildOrExit()
const [file, ...args] = process.argv.slice(2)
if (file === undefined) throw new Error('Name the program to run.')
process.exit(await runInForeground(process.execPath, [inProject(file), ...args]))
