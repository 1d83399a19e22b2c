import { RPCLink } from '@orpc/client/message-port'
import type { Bridge } from './bridge.ts'
import { createLinkStateStore } from './bridge.ts'
import { createEngineClient, linkPlugins } from './engine-client.ts'

/** What the preload posts, with the engine's port, once the page of this window has loaded. */
const PORT_MESSAGE_TYPE = 'rollcall:port'

function isPortMessage(event: MessageEvent<unknown>): boolean {
  const { data } = event
  return (
    event.source === window &&
    typeof data === 'object' &&
    data !== null &&
    'type' in data &&
    data.type === PORT_MESSAGE_TYPE
  )
}

/** The desktop's way to the engine: the port that the preload hands over. */
export function openDesktopBridge(): Bridge {
  const state = createLinkStateStore('connecting')
  const link = new Promise<RPCLink<Record<never, never>>>((resolve) => {
    window.addEventListener('message', (event: MessageEvent<unknown>) => {
      const port = event.ports[0]
      if (port === undefined || !isPortMessage(event)) return
      port.addEventListener('close', () => state.set('lost'))
      resolve(new RPCLink({ port, plugins: linkPlugins() }))
      port.start()
      state.set('open')
    })
  })
  return {
    client: createEngineClient(async (path, input, options) => (await link).call(path, input, options)),
    readLinkState: state.read,
    subscribeLinkState: state.subscribe,
  }
}
