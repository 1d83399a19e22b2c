import { control } from './control.ts'
import { record } from './recorder.ts'

export { app } from './app.ts'
export { ipcMain } from './ipc.ts'
export { Menu } from './menu.ts'
export { MessageChannelMain } from './ports.ts'
export { protocol, session } from './session.ts'
export { BrowserWindow } from './window.ts'

export const nativeTheme = { shouldUseDarkColors: true }

export const screen = {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
}

export const dialog = {
  showErrorBox: (title: string, content: string) => record('dialog.showErrorBox', { title, content }),
  async showOpenDialog(_window: unknown, options: unknown) {
    record('dialog.showOpenDialog', options)
    const folder = process.env['STAND_IN_FOLDER']
    return { canceled: folder === undefined, filePaths: folder === undefined ? [] : [folder] }
  },
  async showMessageBox(_window: unknown, options: unknown) {
    record('dialog.showMessageBox', options)
    return { response: 0 }
  },
}

export class ClipboardItem {
  readonly data: Record<string, Blob>
  constructor(data: Record<string, Blob>) {
    this.data = data
  }
}

export const clipboard = {
  async write(items: readonly ClipboardItem[]) {
    record(
      'clipboard.write',
      items.flatMap(({ data }) => Object.keys(data)),
    )
  },
}

/** Takes whatever has bytes for a picture. */
export const nativeImage = {
  createFromBuffer: (bytes: Buffer) => ({ isEmpty: () => bytes.length === 0, toPNG: () => bytes }),
}

export const shell = {
  async openPath(path: string) {
    record('shell.openPath', path)
    return ''
  },
}

control()
