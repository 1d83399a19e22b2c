import { createServer } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'

/** An HTTP proxy that opens tunnels, and remembers what it was asked. */
export interface TestProxy {
  readonly port: number
  readonly asked: { target: string; authorization: string | undefined }[]
  /** Everything that went through it, as it saw it. */
  seen(): Buffer
  close(): Promise<void>
}

/**
 * @param toPort where every tunnel ends, on 127.0.0.1, whatever was asked for
 * @param credentials `user:password` that it insists on
 */
export async function startProxy(toPort: number, credentials: string | null = null): Promise<TestProxy> {
  const asked: TestProxy['asked'] = []
  const chunks: Buffer[] = []
  const open = new Set<Socket>()
  const wanted = credentials === null ? null : `Basic ${Buffer.from(credentials).toString('base64')}`
  const server = createServer((_, response) => response.writeHead(405).end())
  server.on('connect', (request, client: Socket) => {
    const authorization = request.headers['proxy-authorization']
    asked.push({ target: request.url ?? '', authorization })
    if (wanted !== null && authorization !== wanted) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="proxy"\r\n\r\n')
      return
    }
    const onwards = connect(toPort, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n')
      client.on('data', (chunk: Buffer) => chunks.push(chunk))
      client.pipe(onwards).pipe(client)
    })
    for (const [socket, other] of [[client, onwards] as const, [onwards, client] as const]) {
      open.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => other.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    seen: () => Buffer.concat(chunks),
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
