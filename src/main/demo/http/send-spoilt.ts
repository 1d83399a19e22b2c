import type { ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import type { DemoSpoil } from '../demo-types.ts'
import type { Answer } from './answers.ts'

/** A body that drips comes in so many pieces, each after this time (ms). */
const DRIP_PIECES = 8
const DRIP_EVERY_MS = 15
/** How much of an endless body is sent at a time. */
const ENDLESS_PIECE = Buffer.alloc(64_000, 0x20)
const PAGE = '<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in</body></html>'

/** Sends an answer as a bad network, a proxy or a server out of order would. */
export async function sendSpoilt(response: ServerResponse, answer: Answer, spoil: DemoSpoil): Promise<void> {
  const body = Buffer.from(answer.body)
  const half = body.subarray(0, Math.floor(body.length / 2))
  switch (spoil) {
    case 'reset-in-head':
      return cutOff(response, 'HTTP/1.1 200 OK\r\nContent-Ty')
    case 'reset-in-body':
      return cutOff(response, headOf(answer, '1.1', body.length), half)
    case 'wrong-length':
      return end(response, headOf(answer, '1.1', body.length + 100), body)
    case 'http-1.0':
      return end(response, headOf(answer, '1.0', null), body)
    case 'http-1.0-cut':
      return end(response, headOf(answer, '1.0', null), half)
    case 'stall':
      response.socket?.write(Buffer.concat([Buffer.from(headOf(answer, '1.1', body.length + 1)), half]))
      return
    case 'drip':
      return drip(response, answer, body)
    case 'gzip':
      write(response, { ...answer.headers, 'content-encoding': 'gzip' }, answer.status)
      response.end(gzipSync(body))
      return
    case 'chunked':
      write(response, answer.headers, answer.status)
      response.write(half)
      response.end(body.subarray(half.length))
      return
    case 'redirect':
      response.writeHead(302, { location: '/owa/auth/logon.aspx', 'content-length': 0 })
      response.end()
      return
    case 'html':
      write(response, { 'content-type': 'text/html; charset=utf-8', 'content-length': String(PAGE.length) }, 200)
      response.end(PAGE)
      return
    case 'endless':
      write(response, answer.headers, 200)
      return pour(response)
  }
}

function write(response: ServerResponse, headers: Readonly<Record<string, string>>, status: number): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.writeHead(status)
}

/** The head as it stands on the wire; without a length the body ends with the connection. */
function headOf({ status, headers }: Answer, version: '1.0' | '1.1', length: number | null): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  const framing = length === null ? '' : `content-length: ${length}\r\n`
  return `HTTP/${version} ${status} Spoilt\r\n${lines.join('')}${framing}\r\n`
}

function cutOff({ socket }: ServerResponse, head: string, body: Buffer = Buffer.alloc(0)): void {
  socket?.write(Buffer.concat([Buffer.from(head), body]), () => socket.destroy())
}

function end({ socket }: ServerResponse, head: string, body: Buffer): void {
  socket?.end(Buffer.concat([Buffer.from(head), body]))
}

async function drip(response: ServerResponse, answer: Answer, body: Buffer): Promise<void> {
  write(response, { ...answer.headers, 'content-length': String(body.length) }, answer.status)
  const piece = Math.max(1, Math.ceil(body.length / DRIP_PIECES))
  for (let at = 0; at < body.length && !response.destroyed; at += piece) {
    response.write(body.subarray(at, at + piece))
    await wait(DRIP_EVERY_MS)
  }
  response.end()
}

/** Sends until the client has had enough. */
async function pour(response: ServerResponse): Promise<void> {
  while (!response.destroyed && response.socket?.destroyed === false) {
    if (!response.write(ENDLESS_PIECE)) await wait(1)
  }
}
