import { RPCLink } from '@orpc/client/websocket'
import type { Bridge } from './bridge.ts'
import { createLinkStateStore } from './bridge.ts'
import { createEngineClient, linkPlugins } from './engine-client.ts'

/** Waiting times between two attempts to reach the host again, ms. The last one repeats. */
const BACK_OFF_MS = [250, 500, 1_000, 2_000, 5_000] as const

/** Exchanges the one-time key of the address for a session cookie, and takes the key out of the address. */
async function exchangeKey(): Promise<void> {
  const key = new URLSearchParams(location.hash.slice(1)).get('key')
  if (key === null) return
  history.replaceState(null, '', location.pathname + location.search)
  await fetch('/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ key }),
  })
}

/** Whether the host runs but does not admit this page. A browser does not tell why a WebSocket was refused; a fetch does. */
async function isRefused(): Promise<boolean> {
  try {
    const { status } = await fetch('/photo', { cache: 'no-store' })
    return status === 401 || status === 403
  } catch {
    return false
  }
}

/** Opens one socket; resolves when it is open, or with null when it could not be opened. */
function openSocket(url: string): Promise<WebSocket | null> {
  return new Promise((resolve) => {
    const socket = new WebSocket(url)
    socket.binaryType = 'blob'
    socket.addEventListener('open', () => resolve(socket), { once: true })
    socket.addEventListener('error', () => resolve(null), { once: true })
  })
}

function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, durationMs)
  })
}

/** The browser mode's way to the engine: a WebSocket to the page's own host, opened again whenever it is lost. */
export function openBrowserBridge(): Bridge {
  const state = createLinkStateStore('connecting')
  const url = `${location.protocol === 'https:' ? 'wss:' : 'ws:'}//${location.host}/rpc`
  let link = Promise.withResolvers<RPCLink<Record<never, never>>>()

  async function connect(): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      const websocket = await openSocket(url)
      if (websocket !== null) {
        websocket.addEventListener('close', onLost, { once: true })
        link.resolve(new RPCLink({ websocket, plugins: linkPlugins() }))
        state.set('open')
        return
      }
      state.set((await isRefused()) ? 'not-admitted' : 'lost')
      await pause(BACK_OFF_MS[Math.min(attempt, BACK_OFF_MS.length - 1)] ?? 5_000)
    }
  }
  function onLost(): void {
    link = Promise.withResolvers()
    state.set('lost')
    void connect()
  }

  void exchangeKey()
    .catch(() => undefined)
    .then(connect)
  return {
    client: createEngineClient(async (path, input, options) => (await link.promise).call(path, input, options)),
    readLinkState: state.read,
    subscribeLinkState: state.subscribe,
  }
}
