import { MessageChannel, Worker } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { EngineClient } from '../../shared/contract/index.ts'
import type { EngineHandle, EngineOptions, HostCapabilities, PhotoReply } from './host-ports.ts'
import { joinPorts } from './message-ports.ts'
import { createPhotoReaderThread } from './start-photo-reader.ts'
import type { FromWorker, HostAnswer, HostCall, ToWorker, WorkerStart } from './worker-protocol.ts'

/**
 * Memory for young objects (MB). Left alone the engine takes three times as much for no gain: what a sync throws away is the
 * bytes of pictures, which are not kept there.
 */
const YOUNG_MB = 32

/** What a page gets when the engine's thread is gone. */
const GONE: PhotoReply = { status: 503, headers: { 'Cache-Control': 'no-store' }, body: null }

/**
 * Starts an engine in a worker thread and resolves when it answers calls.
 * @param workerUrl `engine-worker` as source or as built
 * @throws when the thread itself cannot be started
 */
export async function startEngineWorker(
  workerUrl: URL,
  options: EngineOptions,
  host: HostCapabilities,
): Promise<EngineHandle> {
  const contract = new MessageChannel()
  const readers = new MessageChannel()
  const workerData: WorkerStart = {
    role: 'engine',
    options,
    hasDemo: host.startDemo !== null,
    canResolveProxy: host.resolveProxy !== undefined,
    canCopyPicture: host.copyPicture !== undefined,
    contractPort: contract.port2,
    readerPort: readers.port2,
  }
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB }
  const worker = new Worker(workerUrl, { workerData, transferList: [contract.port2, readers.port2], resourceLimits })
  const reader = createPhotoReaderThread(workerUrl, readers.port1)
  const photos = createPhotoCalls(worker)
  const ready = Promise.withResolvers<void>()
  const gone = Promise.withResolvers<void>()

  worker.on('message', (message: FromWorker) => {
    if (message.type === 'ready') ready.resolve()
    else if (message.type === 'photo-reply') photos.onReply(message.id, message.reply)
    else if (message.type === 'closed') void worker.terminate()
    else if (message.type === 'host-call') void answerHostCall(worker, host, message.id, message.call)
  })
  worker.on('error', (error) => ready.reject(error))
  worker.on('exit', (code) => {
    ready.reject(new Error(`the engine's thread ended with code ${code}`))
    photos.onGone()
    reader.close()
    contract.port1.close()
    gone.resolve()
  })
  contract.port1.start()
  const client: EngineClient = createORPCClient(new RPCLink({ port: contract.port1 }))
  await ready.promise

  return {
    client,
    connectPort(port) {
      const channel = new MessageChannel()
      joinPorts(port, channel.port1)
      send(worker, { type: 'connect-port', port: channel.port2 }, [channel.port2])
    },
    async servePhoto(query, signal) {
      const read = query.v === undefined ? null : await reader.serve(query)
      return read ?? photos.serve(query, signal)
    },
    async close() {
      send(worker, { type: 'close' })
      await gone.promise
    },
  }
}

function send(worker: Worker, message: ToWorker, transfer: Parameters<Worker['postMessage']>[1] = []): void {
  worker.postMessage(message, transfer)
}

/** Photo requests across the threads, matched by number. */
function createPhotoCalls(worker: Worker) {
  const waiting = new Map<number, (reply: PhotoReply) => void>()
  let lastId = 0
  let isGone = false

  const serve: EngineHandle['servePhoto'] = (query, signal) => {
    if (isGone) return Promise.resolve(GONE)
    lastId += 1
    const id = lastId
    const abort = (): void => send(worker, { type: 'photo-abort', id })
    signal.addEventListener('abort', abort, { once: true })
    send(worker, { type: 'photo', id, query })
    return new Promise((resolve) => {
      waiting.set(id, (reply) => {
        signal.removeEventListener('abort', abort)
        waiting.delete(id)
        resolve(reply)
      })
    })
  }

  return {
    serve,
    onReply: (id: number, reply: PhotoReply): void => waiting.get(id)?.(reply),
    onGone(): void {
      isGone = true
      for (const resolve of [...waiting.values()]) resolve(GONE)
    },
  }
}

async function answerHostCall(worker: Worker, host: HostCapabilities, id: number, call: HostCall): Promise<void> {
  send(worker, { type: 'host-answer', id, answer: await callHost(host, call) })
}

async function callHost(host: HostCapabilities, call: HostCall): Promise<HostAnswer> {
  try {
    return { kind: 'value', value: await runHostCall(host, call) }
  } catch (cause) {
    return { kind: 'failed', message: cause instanceof Error ? cause.message : 'the host failed' }
  }
}

function runHostCall(host: HostCapabilities, call: HostCall) {
  switch (call.name) {
    case 'chooseFolder':
      return host.chooseFolder()
    case 'revealFolder':
      return host.revealFolder(call.folder)
    case 'showSignIn':
      return host.showSignIn?.(call.prompt) ?? false
    case 'startDemo':
      return host.startDemo?.() ?? null
    case 'resolveProxy':
      return host.resolveProxy?.(call.url) ?? null
    case 'copyPicture':
      return host.copyPicture?.(call.bytes) ?? false
  }
}
