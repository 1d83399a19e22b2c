import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import envPaths from 'env-paths'

/** What the desktop can be started with. */
export interface DesktopOptions {
  /** Folder for accounts, settings and libraries; the same one as the other hosts' by itself. */
  readonly dataDir: string
  /** The demo organisation, whatever account was last in use. */
  readonly isDemo: boolean
}

/** Reads `--data-dir DIR` and `--demo`. Everything else in there is Chromium's, Electron's or the system's, and left alone. */
export function readDesktopOptions(argv: readonly string[]): DesktopOptions {
  const { values } = parseArgs({
    args: argv.slice(1),
    options: { 'data-dir': { type: 'string' }, demo: { type: 'boolean' } },
    strict: false,
  })
  const dataDir = values['data-dir']
  return {
    dataDir: typeof dataDir === 'string' ? resolve(dataDir) : envPaths('Rollcall', { suffix: '' }).data,
    isDemo: values['demo'] === true,
  }
}
