import { BrowserWindow, dialog, nativeTheme, screen } from 'electron'
import { PAGE_URL } from './schemes.ts'
import { choosePlace, readWindowPlace, SMALLEST_WINDOW, saveWindowPlace } from './window-place.ts'

/** The files that a window needs. */
export interface WindowFiles {
  /** The built preload script. */
  readonly preload: string
  /** Where the window's size and place are remembered. */
  readonly place: string
  /** Windows and macOS take the icon from the app itself; Linux is told. */
  readonly icon: string
}

/** Opens the window where it was when it was last closed, and shows the page in it when there is something to see. */
export function createWindow(files: WindowFiles): BrowserWindow {
  const workAreas = screen.getAllDisplays().map((display) => display.workArea)
  const { isMaximized, ...bounds } = choosePlace(readWindowPlace(files.place), workAreas)
  const window = new BrowserWindow({
    ...bounds,
    minWidth: SMALLEST_WINDOW.width,
    minHeight: SMALLEST_WINDOW.height,
    title: 'Rollcall',
    ...(process.platform === 'linux' ? { icon: files.icon } : {}),
    show: false,
    // What is seen before the first picture: the page's own colours, so that nothing flashes.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1f1f1f' : '#fafafa',
    webPreferences: {
      preload: files.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  })
  window.once('ready-to-show', () => {
    if (isMaximized) window.maximize()
    window.show()
  })
  window.on('close', () => {
    saveWindowPlace(files.place, { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() })
  })
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') void offerReload(window)
  })
  void window.loadURL(PAGE_URL)
  return window
}

/** A window whose process died shows nothing: what to do about it is the person's choice. */
async function offerReload(window: BrowserWindow): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The window stopped working.',
    detail: 'What was running goes on. The library is not affected.',
    buttons: ['Show it again', 'Close Rollcall'],
    defaultId: 0,
    cancelId: 1,
  })
  if (window.isDestroyed()) return
  if (response === 0) window.webContents.reload()
  else window.close()
}
