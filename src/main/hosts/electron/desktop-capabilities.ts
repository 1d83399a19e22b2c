import { type BrowserWindow, ClipboardItem, clipboard, dialog, nativeImage, session, shell } from 'electron'
import type { HostCapabilities } from '../../engine/host-ports.ts'

/** What the desktop does for the engine: dialogs over the window, the file manager, the demo. */
export function desktopCapabilities(
  currentWindow: () => BrowserWindow | null,
  startDemo: NonNullable<HostCapabilities['startDemo']>,
): HostCapabilities {
  return {
    async chooseFolder() {
      const window = currentWindow()
      if (window === null) return null
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title: 'Folder for the files',
        properties: ['openDirectory', 'createDirectory'],
      })
      return canceled ? null : (filePaths[0] ?? null)
    },
    // The system says what went wrong, and nothing when all is well.
    revealFolder: async (folder) => (await shell.openPath(folder)) === '',
    async showSignIn(prompt) {
      if (prompt.kind !== 'browser') return false
      // The contract lets https through and nothing else; whatever opens an address is worth a second look.
      if (new URL(prompt.url).protocol !== 'https:') return false
      await shell.openExternal(prompt.url)
      return true
    },
    resolveProxy: (url) => session.defaultSession.resolveProxy(url),
    async copyPicture(bytes) {
      const image = nativeImage.createFromBuffer(Buffer.from(bytes))
      if (image.isEmpty()) return false
      await clipboard.write([new ClipboardItem({ 'image/png': new Blob([new Uint8Array(image.toPNG())]) })])
      return true
    },
    startDemo,
  }
}
