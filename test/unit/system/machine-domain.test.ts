import { expect, it } from 'vitest'
import { readMachineDomain } from '../../../src/main/system/machine-domain.ts'

it.each([
  [
    { USERDNSDOMAIN: 'CORP.EXAMPLE.ORG', LOGONSERVER: '\\\\DC1' },
    { domain: 'corp.example.org', logonServer: 'dc1.corp.example.org' },
  ],
  [{ USERDNSDOMAIN: 'corp.example.org' }, { domain: 'corp.example.org', logonServer: null }],
  [
    { USERDNSDOMAIN: 'corp.example.org', LOGONSERVER: '\\\\evil.example/x' },
    { domain: 'corp.example.org', logonServer: null },
  ],
  [{ LOGONSERVER: '\\\\LAPTOP' }, null],
  [{ USERDNSDOMAIN: 'evil.example/x' }, null],
  [{}, null],
])('reads the domain that Windows tells: %j', (env, domain) => {
  expect(readMachineDomain(env)).toEqual(domain)
})
