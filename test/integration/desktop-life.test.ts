import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PeopleWindow } from '../../src/shared/contract/people.ts'
import { NO_FILTER } from '../../src/shared/people.ts'
import { photoUrl } from '../../src/shared/photo-url.ts'
import type { PhotoRecord } from '../../src/shared/photos.ts'
import { type RunningDesktop, runDesktop } from '../support/electron-stand-in/run-desktop.ts'

const EVERYBODY = { query: { text: '', filter: NO_FILTER, sort: 'name' }, offset: 0, limit: 100 }

let dataDir: string
let desktop: RunningDesktop

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'rollcall-desktop-'))
})
afterAll(async () => {
  await rm(dataDir, { recursive: true, force: true })
})

describe('the life of the desktop window', () => {
  beforeAll(async () => {
    desktop = await runDesktop(['--data-dir', dataDir, '--demo'], { STAND_IN_FOLDER: join(dataDir, 'chosen') })
  })
  afterAll(() => desktop.kill())

  it('answers the page over the port that it was handed', async () => {
    expect(await desktop.ask({ do: 'call', path: ['app', 'read'] })).toMatchObject({
      version: '1.2.3',
      host: 'desktop',
      canChooseFolder: true,
      photoBase: 'photo://library/photo',
    })
    expect(await desktop.recorded('window.postMessage')).toEqual([
      { data: { type: 'rollcall:port' }, targetOrigin: 'app://rollcall', ports: 1 },
    ])
    expect(await desktop.recorded('contextBridge.exposeInMainWorld')).toEqual([
      { name: 'rollcall', value: { host: 'desktop' } },
    ])
  })

  it('opens one window, sandboxed and without Node in its page', async () => {
    const windows = await desktop.recorded('BrowserWindow')
    expect(windows).toHaveLength(1)
    expect(windows[0]).toMatchObject({
      show: false,
      webPreferences: {
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        webviewTag: false,
      },
    })
    await expect.poll(() => desktop.recorded('window.show')).toHaveLength(1)
  })

  it.skipIf(process.platform !== 'linux')('gives its window an icon that is there', async () => {
    const [window] = (await desktop.recorded('BrowserWindow')) as { icon: string }[]
    expect(
      readFileSync(window?.icon ?? '')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG')
  })

  it('keeps everything that Chromium keeps within the data folder, the lock included', async () => {
    expect(await desktop.recorded('app.setPath')).toEqual([{ name: 'userData', path: join(dataDir, 'desktop') }])
  })

  it('serves every file that the page names', async () => {
    const fetched = (await desktop.recorded('page.fetch')) as { path: string; status: number }[]
    expect(fetched.some(({ path }) => path.endsWith('.js'))).toBe(true)
    expect(fetched.filter(({ status }) => status !== 200)).toEqual([])
  })

  it('serves the page with a nonce that only this answer has', async () => {
    const first = await fetchText('app://rollcall/')
    const second = await fetchText('app://rollcall/index.html')
    const nonceOf = ({ headers }: typeof first) => /'nonce-([^']+)'/.exec(headers['content-security-policy'] ?? '')?.[1]
    expect(first.text).toContain(`<meta name="csp-nonce" content="${nonceOf(first)}"`)
    expect(nonceOf(first)).not.toBe(nonceOf(second))
  })

  it('shows a photo of the demo organisation under its photo: address, with the bytes’ own type', async () => {
    const person = await findSomebodyWithAPhoto()
    const { status, headers, body } = (await desktop.ask({ do: 'fetch', url: person })) as Fetched
    expect(status).toBe(200)
    expect(headers['content-type']).toMatch(/^image\/(jpeg|png)$/)
    expect(headers['cache-control']).toContain('immutable')
    expect(Buffer.from(body, 'base64').length).toBe(Number(headers['content-length']))
  })

  it('refuses what is no photo’s address', async () => {
    const { status } = (await desktop.ask({ do: 'fetch', url: 'photo://library/photo?person=nobody' })) as Fetched
    expect(status).toBe(400)
  })

  it('puts a photo on the clipboard of the system when the page asks for it', async () => {
    const address = new URL(await findSomebodyWithAPhoto()).searchParams.get('person')
    expect(await desktop.ask({ do: 'call', path: ['photos', 'copyPicture'], input: { address } })).toBe(true)
    expect(await desktop.recorded('clipboard.write')).toEqual([['image/png']])
  })

  it('gives the folder that was chosen as a token, not as a path', async () => {
    const target = (await desktop.ask({ do: 'call', path: ['exports', 'chooseTarget'] })) as { token: string }
    expect(await desktop.recorded('dialog.showOpenDialog')).toHaveLength(1)
    expect(target.token).not.toContain('chosen')
  })

  it('hands a new port to the page after a reload', async () => {
    expect(await desktop.ask({ do: 'reload' })).toEqual({ portsReceived: 1 })
    expect(await desktop.ask({ do: 'call', path: ['app', 'read'] })).toMatchObject({ host: 'desktop' })
  })

  it('shows the log, the data folder and the keys from the menu', async () => {
    await desktop.ask({ do: 'choose-menu', label: 'Show log' })
    await desktop.ask({ do: 'choose-menu', label: 'Show data folder' })
    await desktop.ask({ do: 'choose-menu', label: 'Keys' })
    expect(await desktop.recorded('shell.openPath')).toEqual([join(dataDir, 'logs', 'rollcall.log'), dataDir])
    expect(existsSync(join(dataDir, 'logs', 'rollcall.log'))).toBe(true)
    expect(await desktop.recorded('webContents.sendInputEvent')).toEqual([
      { type: 'keyDown', keyCode: 'F1' },
      { type: 'keyUp', keyCode: 'F1' },
    ])
  })

  it('shows its window when it is started a second time', async () => {
    await desktop.ask({ do: 'start-again' })
    expect(await desktop.recorded('window.restore')).toHaveLength(1)
    expect(await desktop.recorded('window.focus')).toHaveLength(1)
    expect(await desktop.recorded('BrowserWindow')).toHaveLength(1)
  })

  it('remembers the window’s place, finishes the engine and ends when the window is closed', async () => {
    desktop.ask({ do: 'close-window' }).catch(() => undefined)
    expect(await desktop.ended).toBe(0)
    expect(JSON.parse(readFileSync(join(dataDir, 'desktop', 'window.json'), 'utf8'))).toEqual({
      bounds: { x: 10, y: 20, width: 1280, height: 860 },
      isMaximized: false,
    })
    // A library that was closed in order has no write-ahead log left.
    expect(existsSync(join(dataDir, 'libraries'))).toBe(true)
    expect(desktop.output()).toBe('')
  })

  it('opens where it was when it is started again', async () => {
    const again = await runDesktop(['--data-dir', dataDir])
    try {
      await again.ask({ do: 'call', path: ['app', 'read'] }).catch(() => undefined)
      await expect.poll(() => again.recorded('BrowserWindow')).toMatchObject([{ x: 10, y: 20, width: 1280 }])
    } finally {
      again.ask({ do: 'close-window' }).catch(() => undefined)
      expect(await again.ended).toBe(0)
    }
  })
})

it('opens nothing when another one runs on the same folder', async () => {
  const second = await runDesktop(['--data-dir', dataDir], { STAND_IN_LOCK: 'taken' })
  expect(await second.ended).toBe(0)
})

interface Fetched {
  readonly status: number
  readonly headers: Record<string, string>
  readonly body: string
}

async function fetchText(url: string) {
  const { headers, body } = (await desktop.ask({ do: 'fetch', url })) as Fetched
  return { headers, text: Buffer.from(body, 'base64').toString() }
}

/** The photo address of somebody whose largest picture can be shown. */
async function findSomebodyWithAPhoto(): Promise<string> {
  await expect.poll(searchEverybody, { timeout: 30_000 }).not.toEqual([])
  for (const { address } of await searchEverybody()) {
    const input = { address }
    const records = (await desktop.ask({ do: 'call', path: ['photos', 'ensureAll'], input })) as PhotoRecord[]
    const record = records.find(({ isDecodable, contentHash }) => isDecodable && contentHash !== null)
    if (record?.contentHash) {
      return photoUrl('photo://library/photo', { person: address, size: record.sizeCode, v: record.contentHash })
    }
  }
  throw new Error('nobody has a photo')
}

async function searchEverybody() {
  return ((await desktop.ask({ do: 'call', path: ['people', 'search'], input: EVERYBODY })) as PeopleWindow).rows
}
