// `npm run -s rollcall -- COMMAND`: the command line. Sets up as `npm start` does, with every word on stderr.
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { COMMAND_LINE, ensureBuildOrExit } from './setup/build.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'
import { HOST_ENVIRONMENT } from './setup/host-environment.mjs'
import { ensureNode } from './setup/node-version.mjs'
import { runInForeground } from './setup/processes.mjs'
import { callersDir } from './setup/project.mjs'
import { keepStdoutForResults } from './setup/say.mjs'

keepStdoutForResults()
await ensureNode(fileURLToPath(import.meta.url))
await ensureDependencies()
await ensureBuildOrExit()
process.exit(
  await runInForeground(process.execPath, [COMMAND_LINE, ...process.argv.slice(2)], {
    cwd: callersDir('rollcall'),
    env: HOST_ENVIRONMENT,
  }),
)
