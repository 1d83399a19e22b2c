import process from 'node:process'
import { HOST_ENVIRONMENT } from '../setup/host-environment.mjs'
import { runInForeground } from '../setup/processes.mjs'
import { PROJECT_DIR } from '../setup/project.mjs'
import { say } from '../setup/say.mjs'
import { isRoot } from '../setup/system-packages.mjs'

/** Said whenever a window opens as root: Chromium's sandbox does not work there. */
export const ROOT_WARNING =
  'Running as root, the window has to do without Chromium’s sandbox. As an ordinary user it has one.'

/**
 * Opens the desktop window and waits until Rollcall is closed.
 * @param {string} electron path of the binary
 * @param {{ dataDir: string | null, demo: boolean }} options
 * @returns {Promise<number>} exit code
 */
export async function openOnDesktop(electron, options) {
  const args = [PROJECT_DIR]
  if (options.dataDir !== null) args.push(`--data-dir=${options.dataDir}`)
  if (options.demo) args.push('--demo')
  if (isRoot() && process.platform === 'linux') {
    say(ROOT_WARNING)
    args.unshift('--no-sandbox')
  }
  say('Opening Rollcall.')
  return runInForeground(electron, args, { env: HOST_ENVIRONMENT })
}
