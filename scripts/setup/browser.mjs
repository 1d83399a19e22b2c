import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { ensurePackages, findProgram } from './system-packages.mjs'

const PROGRAMS = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
]
const MAC_APPS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
]
const WINDOWS_APPS = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
]

/** The path of a Chromium, Chrome or Edge on this machine; null when there is none. */
export function findBrowser() {
  const chosen = process.env['ROLLCALL_BROWSER']
  if (chosen) return existsSync(chosen) ? chosen : null
  if (process.platform === 'darwin') return MAC_APPS.find((app) => existsSync(app)) ?? null
  if (process.platform === 'win32') return findOnWindows()
  for (const name of PROGRAMS) {
    const program = findProgram(name)
    if (program) return program
  }
  return null
}

function findOnWindows() {
  const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].map((name) => process.env[name] ?? '')
  for (const root of roots.filter(Boolean)) {
    for (const app of WINDOWS_APPS) {
      const file = join(root, ...app)
      if (existsSync(file)) return file
    }
  }
  return null
}

/**
 * A browser, installed first where that can be done without asking anybody.
 * @param {string} purpose
 */
export async function ensureBrowser(purpose) {
  const found = findBrowser()
  if (found) return found
  await ensurePackages(['chromium'], purpose)
  return findBrowser()
}

/** Whether a window can be shown. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true
  return Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'])
}
