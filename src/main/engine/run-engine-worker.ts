import type { MessagePort } from 'node:worker_threads'
import type { DemoConnection, HostCapabilities, PhotoReply } from './host-ports.ts'
import { ownBody } from './own-body.ts'
import { startEngine } from './start-engine.ts'
import type { FromWorker, HostAnswer, HostCall, ToWorker, WorkerStart } from './worker-protocol.ts'

/** Runs an engine in this thread for the host at the other end of `port`, until it says `close`. */
export async function runEngineWorker(port: MessagePort, start: WorkerStart): Promise<void> {
  const hostCalls = createHostCalls(port)
  const photoAborts = new Map<number, AbortController>()
  const listening = Promise.withResolvers<void>()
  const starting = startEngine(start.options, hostCalls.capabilities(start), start.readerPort)

  async function answerPhoto({ id, query }: Extract<ToWorker, { type: 'photo' }>): Promise<void> {
    const abort = new AbortController()
    photoAborts.set(id, abort)
    const engine = await starting
    const reply = await engine.servePhoto(query, abort.signal).catch((): PhotoReply => FAULT)
    photoAborts.delete(id)
    const owned = ownBody(reply)
    send(port, { type: 'photo-reply', id, reply: owned.reply }, owned.transfer)
  }

  async function close(): Promise<void> {
    const engine = await starting
    await engine.close()
    send(port, { type: 'closed' })
    start.contractPort.close()
    port.close()
    listening.resolve()
  }

  port.on('message', (message: ToWorker) => {
    switch (message.type) {
      case 'photo':
        void answerPhoto(message)
        break
      case 'photo-abort':
        photoAborts.get(message.id)?.abort()
        break
      case 'connect-port':
        void starting.then((engine) => engine.connectPort(message.port))
        break
      case 'host-answer':
        hostCalls.onAnswer(message.id, message.answer)
        break
      case 'close':
        void close()
        break
    }
  })
  const engine = await starting
  engine.connectPort(start.contractPort)
  send(port, { type: 'ready' })
  await listening.promise
}

const FAULT: PhotoReply = { status: 500, headers: { 'Cache-Control': 'no-store' }, body: null }

function send(port: MessagePort, message: FromWorker, transfer: ArrayBuffer[] = []): void {
  port.postMessage(message, transfer)
}

/** The host's capabilities as the engine sees them, answered by the other thread. */
function createHostCalls(port: MessagePort) {
  const waiting = new Map<number, PromiseWithResolvers<HostAnswer>>()
  let lastId = 0

  async function call(hostCall: HostCall): Promise<Extract<HostAnswer, { kind: 'value' }>['value']> {
    lastId += 1
    const settled = Promise.withResolvers<HostAnswer>()
    waiting.set(lastId, settled)
    send(port, { type: 'host-call', id: lastId, call: hostCall })
    const answer = await settled.promise
    if (answer.kind === 'failed') throw new Error(answer.message)
    return answer.value
  }

  return {
    onAnswer(id: number, answer: HostAnswer): void {
      waiting.get(id)?.resolve(answer)
      waiting.delete(id)
    },
    capabilities: ({ hasDemo, canResolveProxy, canCopyPicture }: WorkerStart): HostCapabilities => ({
      chooseFolder: async () => (await call({ name: 'chooseFolder' })) as string | null,
      revealFolder: async (folder) => (await call({ name: 'revealFolder', folder })) as boolean,
      showSignIn: async (prompt) => (await call({ name: 'showSignIn', prompt })) as boolean,
      ...(canResolveProxy && {
        resolveProxy: async (url: string) => (await call({ name: 'resolveProxy', url })) as string,
      }),
      ...(canCopyPicture && {
        copyPicture: async (bytes: Uint8Array) => (await call({ name: 'copyPicture', bytes })) as boolean,
      }),
      startDemo: hasDemo ? async () => (await call({ name: 'startDemo' })) as DemoConnection : null,
    }),
  }
}
