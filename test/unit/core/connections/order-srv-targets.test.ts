import { describe, expect, it } from 'vitest'
import { orderSrvTargets } from '../../../../src/main/core/connections/order-srv-targets.ts'

const target = (host: string, priority: number, weight: number, port = 443) => ({ host, port, priority, weight })

describe('orderSrvTargets', () => {
  it('puts the lowest priority number first, and takes port 443 only', () => {
    const targets = [target('c', 20, 99), target('a', 10, 5), target('d', 0, 0, 8443)]
    expect(orderSrvTargets(targets, Math.random).map((one) => one.host)).toEqual(['a', 'c'])
  })

  it('strips the trailing dot, and leaves out what is no host name', () => {
    const targets = ['mail.contoso.com.', '.', '', 'evil.example/x', 'a b', 'x@y'].map((host) => target(host, 0, 0))
    expect(orderSrvTargets(targets, () => 0).map((one) => one.host)).toEqual(['mail.contoso.com'])
  })

  it('draws within one priority by weight', () => {
    const targets = [target('heavy', 0, 30), target('light', 0, 10), target('zero', 0, 0)]
    const firsts = { heavy: 0, light: 0, zero: 0 }
    // Every number the generator can give, evenly: 41 numbers for a weight of 40.
    for (let at = 0; at < 41; at += 1) {
      const [first] = orderSrvTargets(targets, () => (at + 0.5) / 41)
      firsts[first?.host as keyof typeof firsts] += 1
    }
    expect(firsts).toEqual({ heavy: 30, light: 10, zero: 1 })
  })

  it('names every target exactly once, whatever is drawn', () => {
    const targets = Array.from({ length: 9 }, (_, at) => target(`h${at}`, at % 2, at))
    for (const random of [() => 0, () => 0.999999, Math.random]) {
      expect(new Set(orderSrvTargets(targets, random).map((one) => one.host)).size).toBe(9)
    }
  })
})
