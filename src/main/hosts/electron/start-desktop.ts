import { join } from 'node:path'
import { app, type BrowserWindow, dialog, Menu, session, shell } from 'electron'
import type { EngineHandle, EngineOptions } from '../../engine/host-ports.ts'
import { startEngineWorker } from '../../engine/start-engine-worker.ts'
import { createDemoStarter } from '../demo/create-demo-starter.ts'
import { openPageFiles } from '../page/page-files.ts'
import { applicationMenu } from './application-menu.ts'
import { createWindow } from './create-window.ts'
import { desktopCapabilities } from './desktop-capabilities.ts'
import { type DesktopOptions, readDesktopOptions } from './desktop-options.ts'
import { handOverPorts } from './hand-over-port.ts'
import { lockDown } from './lock-down.ts'
import { PHOTO_BASE, registerSchemes, serveSchemes } from './schemes.ts'

/** What was built beside the desktop's entry. */
export interface DesktopFiles {
  readonly engineWorker: URL
  readonly demoWorker: URL
  readonly preload: string
  /** Folder of the page. */
  readonly pageDir: string
  /** The icon of the window, a PNG. */
  readonly icon: string
}

/**
 * Runs the desktop app, until its window is closed. Only one runs on a data folder: a second start shows the first one's
 * window. `app.enableSandbox()` is not called: it would undo `--no-sandbox`, without which nothing runs as root on Linux;
 * the window asks for its sandbox itself.
 */
export function startDesktop(files: DesktopFiles): void {
  const options = readDesktopOptions(process.argv)
  // Before the lock, which lies in there.
  app.setPath('userData', join(options.dataDir, 'desktop'))
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  registerSchemes()
  app
    .whenReady()
    .then(() => openDesktop(files, options))
    .catch(endWithError)
}

async function openDesktop(files: DesktopFiles, options: DesktopOptions): Promise<void> {
  const { dataDir } = options
  let window: BrowserWindow | null = null
  const currentWindow = (): BrowserWindow | null => window
  const demo = createDemoStarter(files.demoWorker, { people: null, cacheDir: join(dataDir, 'demo') })
  const engine = startEngineWorker(
    files.engineWorker,
    engineOptions(options),
    desktopCapabilities(currentWindow, demo.start),
  )
  engine.catch(endWithError)
  endInOrder(engine, demo.close)

  lockDown(app, session.defaultSession)
  serveSchemes(session.defaultSession.protocol, await openPageFiles(files.pageDir), engine)
  handOverPorts(engine, currentWindow)
  setMenu(dataDir, currentWindow)
  window = createWindow({ ...files, place: join(dataDir, 'desktop', 'window.json') })
  window.once('closed', () => {
    window = null
  })
  app.on('second-instance', () => showAgain(window))
}

function engineOptions({ dataDir, isDemo }: DesktopOptions): EngineOptions {
  return {
    dataDir,
    appInfo: { version: app.getVersion(), host: 'desktop', canChooseFolder: true, photoBase: PHOTO_BASE },
    network: { extraCaPem: [], resolveRules: [], dnsServer: null, concurrency: null },
    secrets: 'os-store',
    logLevel: 'info',
    open: isDemo ? 'demo' : 'last-or-demo',
    isRefreshing: true,
  }
}

/** The window closes, then the engine finishes what must be finished, then the app ends. */
function endInOrder(engine: Promise<EngineHandle>, closeDemo: () => Promise<void>): void {
  app.on('window-all-closed', () => app.quit())
  app.once('will-quit', (event) => {
    event.preventDefault()
    const close = async (): Promise<void> => {
      await (await engine).close()
      await closeDemo()
    }
    close()
      .catch(() => undefined)
      .finally(() => app.exit(0))
  })
}

function setMenu(dataDir: string, currentWindow: () => BrowserWindow | null): void {
  app.setAboutPanelOptions({ applicationName: 'Rollcall', applicationVersion: app.getVersion() })
  const actions = {
    showKeys() {
      const contents = currentWindow()?.webContents
      for (const type of ['keyDown', 'keyUp'] as const) contents?.sendInputEvent({ type, keyCode: 'F1' })
    },
    showLog: () => void shell.openPath(join(dataDir, 'logs', 'rollcall.log')),
    showDataFolder: () => void shell.openPath(dataDir),
  }
  const surroundings = { isMac: process.platform === 'darwin', isPackaged: app.isPackaged }
  Menu.setApplicationMenu(Menu.buildFromTemplate(applicationMenu(actions, surroundings)))
}

function showAgain(window: BrowserWindow | null): void {
  if (window === null) return
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}

function endWithError(error: unknown): void {
  dialog.showErrorBox('Rollcall cannot start', error instanceof Error ? error.message : String(error))
  app.exit(1)
}
