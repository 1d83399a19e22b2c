import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createProxyChooser } from '../../../src/main/system/choose-proxy.ts'

const URL_ASKED = new URL('https://mail.example.org/EWS/Exchange.asmx')
const PROXY_NAMES = ['https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY', 'no_proxy', 'NO_PROXY']

beforeEach(() => {
  for (const name of PROXY_NAMES) vi.stubEnv(name, '')
})
afterEach(() => vi.unstubAllEnvs())

async function chosen(setting: string, pacAnswer: string | null = null): Promise<string | null> {
  const resolveProxy = pacAnswer === null ? null : async () => pacAnswer
  return (await createProxyChooser({ setting, resolveProxy })(URL_ASKED))?.href ?? null
}

it('takes the proxy that is set over everything', async () => {
  vi.stubEnv('HTTPS_PROXY', 'http://environment:1')
  expect(await chosen('http://set:2', 'PROXY pac:3')).toBe('http://set:2/')
  expect(await chosen('none', 'PROXY pac:3')).toBeNull()
})

it('takes the environment’s, with the credentials in it, over the desktop’s', async () => {
  vi.stubEnv('HTTPS_PROXY', 'http://robot:secret@environment:1')
  expect(await chosen('system', 'PROXY pac:3')).toBe('http://robot:secret@environment:1/')
  vi.stubEnv('NO_PROXY', 'example.org,.example.org')
  expect(await chosen('system', 'PROXY pac:3')).toBeNull()
})

it('takes the desktop’s where the environment names none', async () => {
  expect(await chosen('system', 'PROXY pac:3; DIRECT')).toBe('http://pac:3/')
  expect(await chosen('system', 'DIRECT')).toBeNull()
  expect(await chosen('system')).toBeNull()
})

it('speaks to no SOCKS proxy', async () => {
  vi.stubEnv('ALL_PROXY', 'socks5://environment:1')
  expect(await chosen('system')).toBeNull()
})

it('goes there directly when the desktop cannot say', async () => {
  const resolveProxy = () => Promise.reject(new Error('gone'))
  expect(await createProxyChooser({ setting: 'system', resolveProxy })(URL_ASKED)).toBeNull()
})
