import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { ensureBrowser, hasDisplay } from '../setup/browser.mjs'
import { COMMAND_LINE } from '../setup/build.mjs'
import { HOST_ENVIRONMENT } from '../setup/host-environment.mjs'
import { endGroup, passOn } from '../setup/processes.mjs'
import { say } from '../setup/say.mjs'
import { isRoot } from '../setup/system-packages.mjs'
import { ROOT_WARNING } from './open-on-desktop.mjs'

/**
 * Serves Rollcall on 127.0.0.1, opens it in an app window where there is a display, and waits for its end: Ctrl+C, or the
 * window's closing.
 * @param {{ dataDir: string | null, demo: boolean, port: number | null, isQuiet: boolean }} options
 * @returns {Promise<number>} exit code
 */
export async function openInBrowser(options) {
  const browser = hasDisplay() && !options.isQuiet ? await ensureBrowser('a window') : null
  const server = spawn(process.execPath, [COMMAND_LINE, ...serveArguments(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...HOST_ENVIRONMENT },
  })
  const ended = passOn(server)
  const address = await readAddress(server)
  if (address === null) return (await ended) || 1
  say(`Rollcall is at ${address}`)
  const window = browser === null ? null : openWindow(browser, address, () => server.kill('SIGTERM'))
  const code = await ended
  window?.close()
  // Ctrl+C and a closed window are how this is meant to end.
  return code === 130 || code === 143 ? 0 : code
}

/** @param {{ dataDir: string | null, demo: boolean, port: number | null }} options */
function serveArguments(options) {
  const global = ['--json']
  if (options.dataDir !== null) global.push('--data-dir', options.dataDir)
  if (options.demo) global.push('--demo')
  return [...global, 'serve', ...(options.port === null ? [] : ['--port', String(options.port)])]
}

/**
 * The address from the server's first line, which is one JSON object; null when it ended without one.
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<string | null>}
 */
async function readAddress(server) {
  if (!server.stdout) return null
  for await (const line of createInterface({ input: server.stdout })) {
    const url = readUrl(line)
    if (url === null) continue
    server.stdout.resume()
    return url
  }
  return null
}

/** @param {string} line */
function readUrl(line) {
  try {
    const { url } = JSON.parse(line)
    return typeof url === 'string' ? url : null
  } catch {
    return null
  }
}

/**
 * Opens the address as an app window with a browser profile of its own, which is thrown away afterwards.
 * @param {string} browser
 * @param {string} address
 * @param {() => void} onClosed
 */
function openWindow(browser, address, onClosed) {
  const profileDir = mkdtempSync(join(tmpdir(), 'rollcall-window-'))
  const isUnsandboxed = isRoot() && process.platform === 'linux'
  if (isUnsandboxed) say(ROOT_WARNING)
  const child = spawn(
    browser,
    [
      `--app=${pathToFileURL(writeForwarder(profileDir, address)).href}`,
      `--user-data-dir=${profileDir}`,
      '--window-size=1280,860',
      '--no-first-run',
      '--no-default-browser-check',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
      ...(isUnsandboxed ? ['--no-sandbox', '--test-type'] : []),
    ],
    { stdio: 'ignore', detached: process.platform !== 'win32' },
  )
  const removeProfile = () => rmSync(profileDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  process.once('exit', () => {
    endGroup(child, 'SIGKILL')
    removeProfile()
  })
  child.once('error', () => say(`The window could not be opened. Open ${address} in a browser.`))
  child.once('exit', onClosed)
  return { close: () => endGroup(child, 'SIGTERM') }
}

/**
 * Writes a page that leads to the address. The address has a key in it, and a program's arguments can be read by everybody
 * on the machine; the folder is its owner's alone.
 * @param {string} dir
 * @param {string} address
 */
function writeForwarder(dir, address) {
  const file = join(dir, 'open.html')
  writeFileSync(
    file,
    `<!doctype html><title>Rollcall</title><script>location.replace(${JSON.stringify(address)})</script>`,
    {
      mode: 0o600,
    },
  )
  return file
}
