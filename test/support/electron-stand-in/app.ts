import { EventEmitter } from 'node:events'
import process from 'node:process'
import { record } from './recorder.ts'

/** An event whose default can be prevented. */
export class PreventableEvent {
  isPrevented = false
  preventDefault(): void {
    this.isPrevented = true
  }
}

/** A window as far as the app's end is concerned. */
interface Closable {
  close(): void
}

class App extends EventEmitter {
  readonly isPackaged = false
  /** Windows that are open. */
  readonly windows = new Set<Closable>()
  #isReady = false
  #isQuitting = false

  isReady(): boolean {
    return this.#isReady
  }

  async whenReady(): Promise<void> {
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    this.#isReady = true
  }

  getVersion(): string {
    return '1.2.3'
  }

  setPath(name: string, path: string): void {
    record('app.setPath', { name, path })
  }

  setAboutPanelOptions(options: unknown): void {
    record('app.setAboutPanelOptions', options)
  }

  requestSingleInstanceLock(): boolean {
    record('app.requestSingleInstanceLock')
    return process.env['STAND_IN_LOCK'] !== 'taken'
  }

  /** Closes every window, then asks whoever wants to finish something first. */
  quit(): void {
    record('app.quit')
    this.#isQuitting = true
    for (const window of [...this.windows]) window.close()
    const event = new PreventableEvent()
    this.emit('will-quit', event)
    if (!event.isPrevented) this.exit(0)
  }

  exit(code: number): void {
    record('app.exit', code)
    // What was recorded on the way out is told before the end.
    if (process.send) process.send({ ended: code }, () => process.exit(code))
    else process.exit(code)
  }

  windowClosed(window: Closable): void {
    this.windows.delete(window)
    if (this.windows.size === 0 && !this.#isQuitting) this.emit('window-all-closed')
  }
}

export const app = new App()
