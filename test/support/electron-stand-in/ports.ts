import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

/** Electron's port of the main process: events with `data`, nothing delivered before `start`. */
export class MessagePortMain extends EventEmitter {
  /** What really carries the messages. */
  readonly carrier: MessagePort

  constructor(carrier: MessagePort) {
    super()
    this.carrier = carrier
    carrier.on('close', () => this.emit('close'))
  }

  postMessage(message: unknown): void {
    this.carrier.postMessage(message)
  }

  /** Node starts a port with the first listener: listening only now, nothing that came before is lost. */
  start(): void {
    this.carrier.on('message', (data: unknown) => this.emit('message', { data, ports: [] }))
  }

  close(): void {
    this.carrier.close()
  }
}

/** Electron's channel of the main process. */
export class MessageChannelMain {
  readonly port1: MessagePortMain
  readonly port2: MessagePortMain

  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new MessagePortMain(port1)
    this.port2 = new MessagePortMain(port2)
  }
}
