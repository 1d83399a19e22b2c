import { type BrowserWindow, type IpcMainEvent, ipcMain, MessageChannelMain, type MessagePortMain } from 'electron'
import type { EngineHandle, MessagePortLike } from '../../engine/host-ports.ts'
import { isPageUrl } from './schemes.ts'

/** What the preload says when its page has loaded, and what it gets, with the port, in return. */
const PAGE_LOADED = 'rollcall:page-loaded'
const PORT = 'rollcall:port'

/**
 * Gives the page its one way to the engine, each time it has loaded. Who asks is checked here, once: the main frame of our
 * window, showing our page. The port of a page that is gone is closed.
 */
export function handOverPorts(engine: Promise<EngineHandle>, currentWindow: () => BrowserWindow | null): void {
  let given: MessagePortMain | null = null
  ipcMain.on(PAGE_LOADED, async (event) => {
    const frame = event.senderFrame
    if (frame === null || !isOurPage(event, currentWindow())) return
    given?.close()
    const { port1, port2 } = new MessageChannelMain()
    given = port1
    frame.postMessage(PORT, null, [port2])
    const { connectPort } = await engine
    connectPort(asPort(port1))
  })
}

function isOurPage({ sender, senderFrame }: IpcMainEvent, window: BrowserWindow | null): boolean {
  if (window === null || sender !== window.webContents) return false
  return senderFrame === sender.mainFrame && isPageUrl(senderFrame.url)
}

function asPort(port: MessagePortMain): MessagePortLike {
  return {
    postMessage: (message) => port.postMessage(message),
    on(event, listener) {
      if (event === 'message') port.on('message', listener)
      else port.on('close', listener)
    },
    start: () => port.start(),
    close: () => port.close(),
  }
}
