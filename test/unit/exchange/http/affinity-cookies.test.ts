import { describe, expect, it } from 'vitest'
import { createAffinityCookies } from '../../../../src/main/exchange/http/create-affinity-cookies.ts'

const setting = (...lines: string[]) => ({ status: 200, headers: { 'set-cookie': lines }, body: new Uint8Array() })

describe('affinity cookies', () => {
  it('are sent back as they were set, the newest value of each', () => {
    const cookies = createAffinityCookies()
    expect(cookies.header()).toBeNull()
    cookies.learn(setting('exchangecookie=abc; path=/; secure', 'X-BackEndOverrideCookie=s1~1; domain=other.example'))
    cookies.learn({ status: 200, headers: { 'set-cookie': 'exchangecookie=def' }, body: new Uint8Array() })
    expect(cookies.header()).toBe('X-BackEndOverrideCookie=s1~1; exchangecookie=def')
  })

  it('are dropped when the server takes them back', () => {
    const cookies = createAffinityCookies()
    cookies.learn(setting('a=1', 'b=2', 'c=3'))
    cookies.learn(setting('a=; path=/', 'b=2; Max-Age=0'))
    expect(cookies.header()).toBe('c=3')
  })

  it('take nothing that would not fit into a header, and not too much', () => {
    const cookies = createAffinityCookies()
    cookies.learn(setting('a=1\r\nx: y', 'b c=1', 'nothing', '=1', `d=${'x'.repeat(5000)}`, 'e=ü'))
    expect(cookies.header()).toBeNull()
    cookies.learn(setting(...Array.from({ length: 40 }, (_, index) => `c${index}=1`)))
    expect(cookies.header()?.split('; ')).toHaveLength(20)
  })
})
