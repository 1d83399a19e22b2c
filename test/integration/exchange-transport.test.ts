import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { createExchangeConnector } from '../../src/main/exchange/create-exchange-connector.ts'
import type { AuthChoice } from '../../src/shared/connections.ts'
import { smtpAddressSchema } from '../../src/shared/smtp-address.ts'
import { startPlainServer, startTinyServer, type TinyAnswer, type TinyServer } from '../support/tiny-https-server.ts'

const { signal } = new AbortController()
const ADDRESS = smtpAddressSchema.parse('anna@fjordline.example')
const CREDENTIALS = { userName: 'anna', password: 'Marked-Secret' }
const connector = createExchangeConnector()
const running: { close(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()))
})

async function start(answer: TinyAnswer): Promise<TinyServer> {
  const server = await startTinyServer(answer)
  running.push(server)
  return server
}

function photosOf(server: TinyServer, auth: AuthChoice = 'auto', url = server.url) {
  const endpoints = { ewsUrl: `${url}/EWS/Exchange.asmx`, photosUrl: null, serverVersion: 'Exchange2013' }
  const session = connector.openSession(endpoints, { ...CREDENTIALS }, auth, server.network)
  running.push(session)
  return () => session.photos.fetchPhoto({ address: ADDRESS, sizeCode: 'HR96x96', etag: null, signal })
}

function refuse(response: ServerResponse, offers: readonly string[]): void {
  response.writeHead(401, { 'www-authenticate': [...offers] }).end()
}

/** Wants Basic, and then answers as told. */
function afterBasic(answer: (response: ServerResponse) => void): TinyAnswer {
  return (request, response) => {
    if (request.headers.authorization === undefined) refuse(response, ['Basic realm="x"'])
    else answer(response)
  }
}

describe('the credentials', () => {
  it('are not sent before the server said how to sign in', async () => {
    const server = await start(afterBasic((response) => response.writeHead(404).end()))
    await photosOf(server)()
    expect(server.asked.map((one) => [one.method, one.authorization !== undefined])).toEqual([
      ['POST', false],
      ['GET', true],
    ])
  })

  it.each([[['Negotiate', 'Basic realm="x"']], [['Digest realm="x"']], [[]]])(
    'are not sent as Basic where %j is offered',
    async (offers) => {
      const server = await start((_, response) => refuse(response, offers))
      expect(await photosOf(server)()).toMatchObject({ error: { code: 'unauthorized', hint: 'scheme-not-offered' } })
      expect(server.asked.every((one) => one.authorization === undefined)).toBe(true)
    },
  )

  it.each(['auto', 'bearer'] as const)('are not sent as Basic where Bearer is offered, with %s', async (auth) => {
    const server = await start((_, response) => refuse(response, ['Bearer', 'Basic realm="x"']))
    expect(await photosOf(server, auth)()).toMatchObject({ error: { code: 'unauthorized', hint: 'no-client-id' } })
    expect(server.asked.every((one) => one.authorization === undefined)).toBe(true)
  })

  it.each(['negotiate'] as const)('are not sent when %s was chosen, which is to come', async (auth) => {
    const server = await start((_, response) => refuse(response, ['Negotiate', 'Bearer', 'NTLM', 'Basic']))
    expect(await photosOf(server, auth)()).toMatchObject({ error: { code: 'not-supported' } })
    expect(server.asked.every((one) => one.authorization === undefined)).toBe(true)
  })

  it('do not follow a redirect', async () => {
    const other = await startPlainServer((_, response) => response.end())
    running.push(other)
    const server = await start(afterBasic((response) => response.writeHead(302, { location: `${other.url}/x` }).end()))
    expect(await photosOf(server)()).toMatchObject({
      status: 302,
      error: { code: 'redirect-refused', target: `${other.url}/x` },
    })
    expect(other.asked).toEqual([])
  })

  it('are not sent again after a refusal, and are in no answer', async () => {
    const server = await start((_, response) => refuse(response, ['Basic realm="x"']))
    const ask = photosOf(server)
    const answers = [await ask(), await ask(), await ask()]
    expect(server.asked.filter((one) => one.authorization !== undefined)).toHaveLength(1)
    expect(JSON.stringify(answers)).not.toMatch(/Marked-Secret|TWFya2VkL/)
  })

  it('never go to a server that asks for no sign-in', async () => {
    const server = await start((_, response) => response.writeHead(404).end())
    expect(await photosOf(server)()).toMatchObject({ kind: 'failed', error: { code: 'unexpected-answer' } })
    expect(server.asked.every((one) => one.authorization === undefined)).toBe(true)
  })

  it('are not sent over a connection whose certificate is another host’s', async () => {
    const server = await start(afterBasic((response) => response.end()))
    const [rule] = server.network.resolveRules
    const network = {
      ...server.network,
      resolveRules: [{ ...rule, host: 'mail.other.example' }],
    } as TinyServer['network']
    expect(await photosOf({ ...server, network }, 'auto', 'https://mail.other.example')()).toMatchObject({
      error: { code: 'certificate-untrusted', reason: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    })
    expect(server.asked).toEqual([])
  })
})

describe('answers that are not whole', () => {
  it('end a photo that is longer than allowed, before it is all there', async () => {
    const server = await start(
      afterBasic((response) => {
        response.writeHead(200, { 'content-type': 'image/jpeg' })
        const more = () => {
          while (!response.destroyed && response.write(Buffer.alloc(65_536)));
          if (!response.destroyed) response.once('drain', more)
        }
        more()
      }),
    )
    const answer = await photosOf(server)()
    expect(answer).toMatchObject({ kind: 'failed', status: 200, error: { code: 'photo-too-large' } })
    expect(answer.bodyBytes).toBeLessThan(1_200_000)
  })

  it('name a body that is shorter than its Content-Length', async () => {
    const server = await start(
      afterBasic((response) => {
        response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': '1000' })
        response.write(Buffer.alloc(10), () => response.destroy())
      }),
    )
    expect(await photosOf(server)()).toMatchObject({ kind: 'failed', status: 200, error: { code: 'unreachable' } })
  })
})

describe('Autodiscover over the wire', () => {
  const ask = async (server: TinyServer, method: 'soap' | 'http-redirect', url: string) => {
    const client = connector.createAutodiscoverClient({ ...CREDENTIALS }, 'auto', server.network)
    running.push(client)
    return client.ask({ method, url }, ADDRESS, signal)
  }

  it('reports a redirect over plain http, and sends nothing secret there', async () => {
    const target = 'https://mail.fjordline.example/autodiscover/autodiscover.xml'
    const server = await startPlainServer((_, response) => response.writeHead(302, { location: target }).end())
    running.push(server)
    expect(await ask(server, 'http-redirect', `${server.url}/autodiscover/autodiscover.xml`)).toMatchObject({
      kind: 'redirect-url',
      status: 302,
      url: target,
    })
    expect(server.asked).toEqual([{ method: 'GET', url: '/autodiscover/autodiscover.xml', authorization: undefined }])
  })

  it('asks nothing over plain http that needs credentials', async () => {
    const server = await startPlainServer((_, response) => refuse(response, ['Basic']))
    running.push(server)
    expect(await ask(server, 'soap', `${server.url}/autodiscover/autodiscover.svc`)).toMatchObject({
      error: { code: 'redirect-refused' },
    })
    expect(server.asked).toEqual([])
  })

  it.each([
    ['a document type', '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'],
    ['a web page', '<!doctype html><html><br></html>'],
  ])('finds nothing in %s', async (_, body) => {
    const server = await start(afterBasic((response) => response.writeHead(200).end(body)))
    expect((await ask(server, 'soap', `${server.url}/autodiscover/autodiscover.svc`)).kind).toBe('nothing-here')
  })

  it('refuses a body over 1 MB', async () => {
    const server = await start(afterBasic((response) => response.writeHead(200).end(Buffer.alloc(1_100_000, 32))))
    expect(await ask(server, 'soap', `${server.url}/autodiscover/autodiscover.svc`)).toMatchObject({
      kind: 'failed',
      error: { code: 'unexpected-answer' },
    })
  })
})
