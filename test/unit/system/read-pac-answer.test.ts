import { expect, it } from 'vitest'
import { readPacAnswer } from '../../../src/main/system/read-pac-answer.ts'

it.each([
  ['DIRECT', null],
  ['', null],
  ['PROXY proxy.example.org:8080', 'http://proxy.example.org:8080/'],
  ['PROXY first:1; PROXY second:2; DIRECT', 'http://first:1/'],
  ['HTTPS proxy.example.org:8443; DIRECT', 'https://proxy.example.org:8443/'],
  ['SOCKS5 socks:1080; PROXY proxy:3128', 'http://proxy:3128/'],
  ['SOCKS socks:1080; DIRECT', null],
  ['PROXY ; DIRECT', null],
  ['nonsense', null],
])('reads %j', (answer, proxy) => {
  expect(readPacAnswer(answer)?.href ?? null).toBe(proxy)
})
