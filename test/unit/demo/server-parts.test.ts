import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createFaults } from '../../../src/main/demo/http/create-faults.ts'
import { childOf, escapeXml, readXml, textAt } from '../../../src/main/demo/http/xml.ts'
import { openCertificates } from '../../../src/main/demo/sign-in/create-certificates.ts'

describe('reading XML', () => {
  it('resolves prefixes to namespaces, whatever the prefixes are called', () => {
    const root = readXml('<a:x xmlns:a="urn:1" xmlns="urn:2"><y Z="q&amp;&#x41;">t&lt;&#228;</y><a:y/></a:x>')
    expect(root).toMatchObject({ namespace: 'urn:1', name: 'x' })
    expect(childOf(root, 'urn:2', 'y')?.attributes.get('Z')).toBe('q&A')
    expect(textAt(root, 'urn:2', 'y')).toBe('t<ä')
    expect(textAt(root, 'urn:1', 'y')).toBe('')
    expect(textAt(root, 'urn:3', 'y')).toBeNull()
  })

  it.each(['', 'text', '<a>', '<a></b>', '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'])('refuses %j', (document) => {
    expect(readXml(document)).toBeNull()
  })

  it('writes text that is well-formed whatever it holds', () => {
    expect(escapeXml('<a b="c">&\u0000\u0008')).toBe('&lt;a b=&quot;c&quot;&gt;&amp;')
  })
})

describe('faults', () => {
  it('hit after so many requests, so many times, and not the ones after', () => {
    const faults = createFaults()
    faults.addBusy(2, { status: 503, retryAfterSeconds: 1, count: 2 })
    expect(Array.from({ length: 5 }, () => faults.take()?.kind ?? 'none')).toEqual([
      'none',
      'none',
      'busy',
      'busy',
      'none',
    ])
  })

  it('end when they are cleared', () => {
    const faults = createFaults()
    faults.addReset(0, 5)
    faults.setLatencyMs(10)
    faults.setGarbage('A@fjordline.example', 'bytes')
    expect(faults.garbageFor('a@fjordline.example')).toBe('bytes')
    faults.clear()
    expect([faults.take(), faults.latencyMs, faults.garbageFor('a@fjordline.example')]).toEqual([null, 0, null])
  })
})

describe('the demo certificates', () => {
  const nowMs = Date.UTC(2026, 10, 24)
  const open = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-demo-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    return folder
  }

  it('stay the same while they last, and are made anew before they end', async () => {
    const folder = await open()
    const first = await openCertificates(folder, nowMs)
    expect(await openCertificates(folder, nowMs)).toEqual(first)
    const later = await openCertificates(folder, nowMs + 720 * 86_400_000)
    expect(later.caPem).not.toBe(first.caPem)
  })

  it.skipIf(process.platform === 'win32')('keep the private key for their owner, and the CA’s nowhere', async () => {
    const folder = await open()
    await openCertificates(folder, nowMs)
    const file = join(folder, 'certificates.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await readFile(file, 'utf8')).match(/BEGIN PRIVATE KEY/g)).toHaveLength(1)
  })
})
