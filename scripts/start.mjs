// `npm start`: sets up what is missing, builds what is stale, and opens Rollcall. Plain Node 18, nothing installed.
import { resolve } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { hasDisplay } from './setup/browser.mjs'
import { ensureBuildOrExit } from './setup/build.mjs'
import { ensureDependencies } from './setup/dependencies.mjs'
import { ensureElectron } from './setup/electron-binary.mjs'
import { ensureNode } from './setup/node-version.mjs'
import { callersDir } from './setup/project.mjs'
import { say } from './setup/say.mjs'
import { openInBrowser } from './start/open-in-browser.mjs'
import { openOnDesktop } from './start/open-on-desktop.mjs'

const HELP = `npm start [-- OPTIONS]   sets up and opens Rollcall

  --desktop        the desktop window, or a clear no
  --browser        the browser mode: the same page, served on 127.0.0.1
  --no-open        browser mode: print the address, open nothing
  --port N         browser mode: this port (default: a free one)
  --data-dir DIR   accounts, settings and libraries here
  --demo           the demo organisation, whatever account was last in use
  --help           this`

const options = readOptions()
if (options.help) {
  say(HELP)
  process.exit(0)
}
await ensureNode(fileURLToPath(import.meta.url))
await ensureDependencies()
await ensureBuildOrExit()
process.exit(await open())

/** Opens Rollcall in the best way there is, or in the way that was asked for. */
async function open() {
  if (options.browser) return openInBrowser(options)
  if (options.desktop && !hasDisplay()) {
    say(
      'There is no display here, so there can be no desktop window. Without --desktop, Rollcall opens in the browser mode.',
    )
    return 1
  }
  if (options.desktop || (hasDisplay() && !isServing())) {
    const electron = await ensureElectron({ isForced: options.desktop })
    if (electron) return openOnDesktop(electron, options)
    if (options.desktop) return 1
  }
  return openInBrowser(options)
}

/** `--port` and `--no-open` mean the browser mode, without its being named. */
function isServing() {
  return options.port !== null || options.isQuiet
}

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        browser: { type: 'boolean', default: false },
        desktop: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        demo: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.browser && values.desktop) throw new Error('--browser and --desktop exclude each other.')
    return {
      browser: values.browser === true,
      desktop: values.desktop === true,
      isQuiet: values['no-open'] === true,
      port: values.port === undefined ? null : readPort(values.port),
      dataDir: values['data-dir'] === undefined ? null : resolve(callersDir('start'), values['data-dir']),
      demo: values.demo === true,
      help: values.help === true,
    }
  } catch (error) {
    say(`${error instanceof Error ? error.message : error}\n\n${HELP}`)
    process.exit(2)
  }
}

/** @param {string} text */
function readPort(text) {
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port takes 0 to 65535, not “${text}”.`)
  return port
}
