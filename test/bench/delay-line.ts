import { connect, createServer, type Socket } from 'node:net'

// A process of its own: what the server sends arrives DELAY ms later. Arguments: the port to listen on, the server's, ms.
const [port, serverPort, delayMs] = process.argv.slice(2).map(Number)

createServer({ noDelay: true }, (client) => {
  const server = connect({ port: serverPort ?? 0, host: '127.0.0.1', noDelay: true })
  client.pipe(server)
  server.on('data', (chunk) => setTimeout(() => client.write(chunk), delayMs))
  closeTogether(client, server)
}).listen(port, '127.0.0.1', () => process.send?.('listening'))

process.once('disconnect', () => process.exit(0))

function closeTogether(one: Socket, other: Socket): void {
  for (const [socket, peer] of [
    [one, other],
    [other, one],
  ] as const) {
    socket.on('error', () => peer.destroy())
    socket.on('close', () => peer.destroy())
  }
}
