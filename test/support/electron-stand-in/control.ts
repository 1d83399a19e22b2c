import process from 'node:process'
import { app, PreventableEvent } from './app.ts'
import type { DesktopCommand } from './desktop-commands.ts'
import { ipcMain } from './ipc.ts'
import { choose } from './menu.ts'
import type { MessagePortMain } from './ports.ts'
import { listRecords } from './recorder.ts'
import { fetchByScheme, installed } from './session.ts'
import { openedWindow, theWindow } from './window.ts'

/** Does what the test asks for, and answers it. */
export function control(): void {
  process.on('message', (message) => {
    const { id, command } = message as { id: number; command: DesktopCommand }
    run(command).then(
      (value) => process.send?.({ id, value: value ?? null }),
      (error: unknown) => process.send?.({ id, error: error instanceof Error ? error.message : String(error) }),
    )
  })
}

async function run(command: DesktopCommand): Promise<unknown> {
  switch (command.do) {
    case 'list-records':
      return listRecords()
    case 'call':
      return callEngine(command.path, command.input)
    case 'fetch':
      return fetchWhole(command.url)
    case 'reload':
      return reload()
    case 'start-again':
      return app.emit('second-instance', {}, [], '')
    case 'choose-menu':
      return choose(command.label)
    case 'close-window':
      return theWindow().close()
    case 'navigate':
      return isPrevented('will-frame-navigate', command.url)
    case 'open-window':
      return theWindow().webContents.windowOpenHandler?.({ url: command.url }).action ?? 'allow'
    case 'request':
      return isCancelled(command.url)
    case 'ask-permission':
      return askPermission(command.permission)
    case 'ask-for-port':
      return askForPort(command.as)
  }
}

async function callEngine(path: readonly string[], input: unknown): Promise<unknown> {
  const { webContents } = await openedWindow()
  const client: unknown = await webContents.page?.client
  const procedure = path.reduce((at, name) => (at as Record<string, unknown>)[name], client)
  return (procedure as (input: unknown) => Promise<unknown>)(input)
}

async function fetchWhole(url: string) {
  const response = await fetchByScheme(url)
  const body = Buffer.from(await response.arrayBuffer()).toString('base64')
  return { status: response.status, headers: Object.fromEntries(response.headers), body }
}

async function reload() {
  const contents = theWindow().webContents
  const before = contents.page
  await contents.load(contents.mainFrame.url)
  await contents.page?.client
  await before?.portClosed
  return { portsReceived: contents.page?.portsReceived() }
}

function isPrevented(name: string, url: string): boolean {
  const event = Object.assign(new PreventableEvent(), { url })
  theWindow().webContents.emit(name, event)
  return event.isPrevented
}

function isCancelled(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    installed.beforeRequest?.({ url }, ({ cancel }) => resolve(cancel))
  })
}

async function askPermission(permission: string) {
  const contents = theWindow().webContents
  const requested = await new Promise((resolve) => {
    installed.permissionRequest?.(contents, permission, resolve)
  })
  return {
    requested,
    checked: installed.permissionCheck?.(contents, permission),
    device: installed.deviceCheck?.(),
  }
}

/** Asks for a port as somebody who must not get one; answers how many came. */
async function askForPort(as: 'frame-within' | 'other-contents' | 'other-page'): Promise<number> {
  const { webContents } = theWindow()
  let given = 0
  const postMessage = (_channel: string, _message: unknown, ports: MessagePortMain[] = []): void => {
    given += ports.length
  }
  const url = as === 'other-page' ? 'https://elsewhere.example/' : webContents.mainFrame.url
  const frame = { url, postMessage }
  const asMain = { mainFrame: frame }
  const sender =
    as === 'other-contents'
      ? asMain
      : as === 'other-page'
        ? Object.create(webContents, { mainFrame: { value: frame } })
        : webContents
  ipcMain.emit('rollcall:page-loaded', { sender, senderFrame: frame })
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
  return given
}
