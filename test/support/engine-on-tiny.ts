import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { EngineOptions } from '../../src/main/engine/host-ports.ts'
import type { InProcessEngine } from '../../src/main/engine/session-types.ts'
import { startEngine } from '../../src/main/engine/start-engine.ts'
import { bareHost, engineOptions } from './engine-options.ts'
import { createHurriedClock } from './hurried-clock.ts'
import { addressOf } from './photo-records.ts'
import type { TinyAnswer, TinyServer } from './tiny-https-server.ts'

/** The smallest GIF there is: everybody has it. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64')
const NOBODY =
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><s:Body><m:ResolveNamesResponse><m:ResponseMessages><m:ResolveNamesResponseMessage ResponseClass="Error"><m:ResponseCode>ErrorNameResolutionNoResults</m:ResponseCode></m:ResolveNamesResponseMessage></m:ResponseMessages></m:ResolveNamesResponse></s:Body></s:Envelope>'

/**
 * Signs in with Basic, knows nobody and has a photo of everybody; `onPhoto` is told how many were asked for, and `headersOf`
 * is what is sent beside each.
 */
export function photosOfEverybody(
  onPhoto: (asked: number) => void = () => {},
  headersOf: () => Readonly<Record<string, string>> = () => ({}),
): TinyAnswer {
  let photos = 0
  return (request, response) => {
    if (request.headers.authorization === undefined) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="mail"' }).end()
    } else if (request.method === 'POST') {
      response.writeHead(200, { 'content-type': 'text/xml' }).end(NOBODY)
    } else {
      photos += 1
      onPhoto(photos)
      response.writeHead(200, { 'content-type': 'image/gif', etag: '"1"', ...headersOf() }).end(GIF)
    }
  }
}

/** The photo requests that a server was asked with a sign-in. */
export function photosAskedOf(server: TinyServer): TinyServer['asked'] {
  return server.asked.filter(({ method, authorization }) => method === 'GET' && authorization !== undefined)
}

/** An engine in a fresh folder that is connected to such a server; closed when the test ends. Waiting goes by a fast clock. */
export async function connectToTiny(
  network: Partial<EngineOptions['network']>,
  ewsUrl: string,
): Promise<InProcessEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-tiny-'))
  const options = engineOptions(folder)
  const all = { ...options, network: { ...options.network, ...network } }
  const engine = await startEngine(all, bareHost(), null, createHurriedClock(20))
  onTestFinished(async () => {
    await engine.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const outcome = await engine.client.connections.start({ address: addressOf('helpdesk'), password: 'x', ewsUrl })
  if (outcome.error !== null) throw new Error(JSON.stringify(outcome.error))
  return engine
}
