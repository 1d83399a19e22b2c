import { request } from 'node:https'
import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type DemoExchange, startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'

const { resolve } = createRequire(import.meta.url)

function isInstalled(): boolean {
  try {
    resolve('ews-javascript-api')
    return true
  } catch {
    return false
  }
}

/** What the library gives a transport, and wants back. */
interface WireRequest {
  readonly url: string
  readonly type?: string
  readonly headers?: Record<string, string>
  readonly data?: string
}

describe.skipIf(!isInstalled())('the demo Exchange, asked by ews-javascript-api', () => {
  let exchange: DemoExchange

  beforeAll(async () => {
    exchange = await startDemoExchange({ people: 60 })
  })
  afterAll(() => exchange.close())

  /** A transport that leads the demo's names to its port, and everything else nowhere. */
  function transport(asked: string[]) {
    const send = ({ url, type = 'GET', headers = {}, data }: WireRequest) =>
      new Promise((answer, refuse) => {
        const { protocol, hostname, pathname, search } = new URL(url)
        asked.push(url)
        const rule = exchange.resolveRules.find(({ host }) => host === hostname)
        if (rule === undefined || protocol !== 'https:') {
          refuse({ status: 0, statusText: 'no such host here', message: 'no such host here' })
          return
        }
        const sent = request(
          {
            host: rule.toAddress,
            port: rule.toPort,
            servername: hostname,
            ca: exchange.caPem,
            method: type,
            path: pathname + search,
            headers: { ...headers, host: hostname },
            agent: false,
          },
          (response) => {
            const chunks: Buffer[] = []
            response.on('data', (chunk: Buffer) => chunks.push(chunk))
            response.on('end', () => {
              const text = Buffer.concat(chunks).toString()
              const status = response.statusCode ?? 0
              const reply = {
                status,
                statusText: response.statusMessage,
                responseText: text,
                response: text,
                redirectCount: 0,
                finalUrl: url,
                headers: response.headers,
                getAllResponseHeaders: () =>
                  Object.entries(response.headers)
                    .map(([name, value]) => `${name}: ${String(value)}`)
                    .join('\r\n'),
                getResponseHeader: (name: string) => response.headers[name.toLowerCase()],
              }
              if (status >= 200 && status < 300) answer(reply)
              else refuse(reply)
            })
          },
        )
        sent.on('error', refuse)
        sent.end(data)
      })
    return { xhr: send, xhrStream: send, disconnect: () => {}, apiName: 'loopback' }
  }

  it('finds the server by Autodiscover, and resolves names with what it found', async () => {
    const { ExchangeService, ExchangeVersion, WebCredentials, ResolveNameSearchLocation } = await import(
      'ews-javascript-api'
    )
    const [account] = exchange.accounts
    const service = new ExchangeService(ExchangeVersion.Exchange2013)
    const asked: string[] = []
    Object.assign(service, { XHRApi: transport(asked) })
    service.Credentials = new WebCredentials(account?.address ?? '', account?.password ?? '')
    await service.AutodiscoverUrl(account?.address ?? '', () => true)
    expect(service.Url.ToString()).toBe(exchange.ewsUrl)
    expect(exchange.requests('GetUserSettings').length).toBeGreaterThan(0)
    const found = await service.ResolveName('aino.makela', ResolveNameSearchLocation.DirectoryOnly, true)
    expect(found.GetEnumerator().map(({ Mailbox }) => Mailbox.Address)).toEqual(['aino.makela@fjordline.example'])
    expect(exchange.failedLogons()).toBe(0)
  })
})
