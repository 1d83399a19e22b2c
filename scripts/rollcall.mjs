// `npm run -s rollcall -- COMMAND`: the command line. Sets up as `npm start` does, with every word on stderr.
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { ensureBuildOrExit } from './setup/build.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'
import { HOST_ENVIRONMENT } from './setup/host-environment.mjs'
import { ensureNode } from './setup/node-version.mjs'
import { runInForeground } from './setup/processes.mjs'
import { callersDir, inProject } from './setup/project.mjs'
import { keepStdoutForResults } from './setup/say.mjs'

keepStdoutForResults()
await ensureNode(fileURLToPath(import.meta.url))
await ensureDependencies()
const args = process.argv.slice(2)
// Only the browser mode needs the built page; the rest runs from the source as it is.
if (args.includes('serve')) await ensureBuildOrExit()
process.exit(
  await runInForeground(process.execPath, [inProject('src', 'main', 'cli.ts'), ...args], {
    cwd: callersDir('rollcall'),
    env: HOST_ENVIRONMENT,
  }),
)
