import { Agent, request } from 'undici'

/** A page as a person without a screen has it. */
export interface PlainPage {
  readonly url: URL
  readonly status: number
  readonly html: string
}

/** A browser that knows addresses, cookies, redirects and forms, and nothing else. */
export interface PlainBrowser {
  open(url: string): Promise<PlainPage>
  /** Sends the first form of a page, with its hidden fields, these values, and no others. */
  submit(page: PlainPage, values?: Record<string, string>): Promise<PlainPage>
  close(): Promise<void>
}

/** @param toPort everything over https goes to this port of this machine, whatever it is called */
export function startPlainBrowser(caPem: string, toPort: number): PlainBrowser {
  const cookies = new Map<string, string>()
  const agent = new Agent({
    connect: {
      ca: caPem,
      lookup: (_host, options, done) =>
        options.all === true ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
    },
  })

  async function ask(url: URL, form: URLSearchParams | null, hops = 0): Promise<PlainPage> {
    if (url.protocol === 'https:' && Number(url.port) !== toPort) throw new Error(`nobody is at ${url.origin}`)
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await request(url, {
      dispatcher: agent,
      method: form === null ? 'GET' : 'POST',
      headers: {
        ...(cookie !== '' && { cookie }),
        ...(form !== null && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      body: form?.toString() ?? null,
    })
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    const html = await answer.body.text()
    const { location } = answer.headers
    if (answer.statusCode >= 300 && answer.statusCode < 400 && typeof location === 'string') {
      if (hops > 15) throw new Error('too many redirects')
      return ask(new URL(location, url), null, hops + 1)
    }
    return { url, status: answer.statusCode, html }
  }

  return {
    open: (url) => ask(new URL(url), null),
    submit(page, values = {}) {
      const action = attribute(/<form[^>]*>/i.exec(page.html)?.[0] ?? '', 'action') ?? page.url.href
      const hidden = [...page.html.matchAll(/<input[^>]*type="hidden"[^>]*>/gi)].map(([input]) => input)
      const fields = hidden.map((input) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? ''] as const)
      return ask(new URL(action, page.url), new URLSearchParams({ ...Object.fromEntries(fields), ...values }))
    },
    close: () => agent.destroy(),
  }
}

function attribute(tag: string, name: string): string | null {
  const value = new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(tag)?.[1]
  return value?.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'") ?? null
}
