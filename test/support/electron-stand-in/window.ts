import { EventEmitter } from 'node:events'
import { app, PreventableEvent } from './app.ts'
import { ipcMain } from './ipc.ts'
import { openPage, type Page } from './page.ts'
import type { MessagePortMain } from './ports.ts'
import { record } from './recorder.ts'

interface WindowOptions {
  readonly x?: number
  readonly y?: number
  readonly width: number
  readonly height: number
  readonly webPreferences: { readonly preload: string }
}

type WindowOpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' }

/** A frame of a page: the main one, or one that a test sets beside it. */
class WebFrameMain {
  url = 'about:blank'
  readonly #deliver: (channel: string, ports: MessagePortMain[]) => void

  constructor(deliver: (channel: string, ports: MessagePortMain[]) => void) {
    this.#deliver = deliver
  }

  postMessage(channel: string, _message: unknown, transfer: MessagePortMain[] = []): void {
    this.#deliver(channel, transfer)
  }
}

class WebContents extends EventEmitter {
  readonly mainFrame = new WebFrameMain((channel, ports) => this.page?.deliver(channel, ports))
  windowOpenHandler: WindowOpenHandler | null = null
  page: Page | null = null
  readonly #preload: string

  constructor(preload: string) {
    super()
    this.#preload = preload
  }

  getURL(): string {
    return this.mainFrame.url
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.windowOpenHandler = handler
  }

  sendInputEvent(event: unknown): void {
    record('webContents.sendInputEvent', event)
  }

  reload(): void {
    void this.load(this.mainFrame.url)
  }

  /** Loads an address: the preload runs, the page's files are fetched, `load` is told. The port of the page before stays open. */
  async load(url: string): Promise<void> {
    this.mainFrame.url = url
    this.page = await openPage(url, this.#preload, (channel) => {
      ipcMain.emit(channel, { sender: this, senderFrame: this.mainFrame })
    })
    this.page.finishLoading()
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents
  #isDestroyed = false
  #isMaximized = false
  readonly #bounds: { x: number; y: number; width: number; height: number }

  constructor(options: WindowOptions) {
    super()
    record('BrowserWindow', options)
    const { x = 10, y = 20, width, height } = options
    this.#bounds = { x, y, width, height }
    this.webContents = new WebContents(options.webPreferences.preload)
    app.windows.add(this)
    app.emit('web-contents-created', {}, this.webContents)
  }

  async loadURL(url: string): Promise<void> {
    record('window.loadURL', url)
    await this.webContents.load(url)
    this.emit('ready-to-show')
    opened.resolve(this)
  }

  show(): void {
    record('window.show')
  }

  focus(): void {
    record('window.focus')
  }

  restore(): void {
    record('window.restore')
  }

  isMinimized(): boolean {
    return true
  }

  isDestroyed(): boolean {
    return this.#isDestroyed
  }

  maximize(): void {
    this.#isMaximized = true
  }

  isMaximized(): boolean {
    return this.#isMaximized
  }

  getNormalBounds() {
    return this.#bounds
  }

  close(): void {
    const event = new PreventableEvent()
    this.emit('close', event)
    if (event.isPrevented) return
    this.webContents.page?.leave()
    this.#isDestroyed = true
    this.emit('closed')
    app.windowClosed(this)
  }
}

/** The first window, once its page has loaded. */
const opened = Promise.withResolvers<BrowserWindow>()
export const openedWindow = (): Promise<BrowserWindow> => opened.promise

/** The window that is open; there is at most one. */
export function theWindow(): BrowserWindow {
  const [window] = app.windows
  if (!(window instanceof BrowserWindow)) throw new Error('no window is open')
  return window
}
