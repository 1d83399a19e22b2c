import { describe, expect, it } from 'vitest'
import { AV, type AvPair, readAvPairs, writeAvPairs } from '../../../../../src/main/exchange/http/ntlm/av-pairs.ts'
import { hmacMd5, ntlmV2Key } from '../../../../../src/main/exchange/http/ntlm/ntlm-hash.ts'
import {
  buildAuthenticateMessage,
  buildNegotiateMessage,
  readChallengeMessage,
  splitUserName,
} from '../../../../../src/main/exchange/http/ntlm/ntlm-messages.ts'

const FLAGS = 0xe28a8205

function challengeWith(pairs: readonly AvPair[]): Buffer {
  const targetInfo = writeAvPairs(pairs)
  const message = Buffer.alloc(56)
  message.write('NTLMSSP\0', 'latin1')
  message.writeUInt32LE(2, 8)
  message.writeUInt32LE(FLAGS, 20)
  Buffer.from('0123456789abcdef', 'hex').copy(message, 24)
  message.writeUInt16LE(targetInfo.length, 40)
  message.writeUInt16LE(targetInfo.length, 42)
  message.writeUInt32LE(56, 44)
  return Buffer.concat([message, targetInfo])
}

const PAIRS: AvPair[] = [
  { id: 2, value: Buffer.from('DOM', 'utf16le') },
  { id: AV.timestamp, value: Buffer.from('0102030405060708', 'hex') },
]
const BINDING = Buffer.alloc(16, 7)

async function authenticate(pairs: readonly AvPair[] = PAIRS) {
  const challenge = readChallengeMessage(challengeWith(pairs).toString('base64'))
  if (challenge === null) throw new Error('the challenge was not read')
  const negotiate = buildNegotiateMessage()
  const message = await buildAuthenticateMessage({
    userName: 'DOM\\user',
    password: 'Secret-1',
    host: 'mail.contoso.com',
    negotiate,
    challenge,
    channelBinding: BINDING,
    clientChallenge: Buffer.alloc(8, 0xaa),
    nowMs: 1_700_000_000_000,
  })
  const field = (at: number) =>
    message.subarray(message.readUInt32LE(at + 4), message.readUInt32LE(at + 4) + message.readUInt16LE(at))
  return { message, negotiate, challenge, field }
}

describe('the NTLM messages', () => {
  it('carries the version structure in the first and the third', async () => {
    const { message, negotiate } = await authenticate()
    expect(negotiate.readUInt32LE(12) & 0x0200_0000).not.toBe(0)
    expect(negotiate[39]).toBe(15)
    expect(message.readUInt32LE(60) & 0x0200_0000).not.toBe(0)
    expect(message[71]).toBe(15)
  })

  it('asks for 128 bits and the MIC, and for no key to be exchanged, which nothing over https would use', async () => {
    const { message, negotiate, field } = await authenticate()
    for (const flags of [negotiate.readUInt32LE(12), message.readUInt32LE(60)]) {
      expect(flags & 0x2000_0000, 'NEGOTIATE_128').not.toBe(0)
      expect(flags & 0x0008_0000, 'EXTENDED_SESSIONSECURITY').not.toBe(0)
      expect(flags & 0x4000_0000, 'NEGOTIATE_KEY_EXCH').toBe(0)
      expect(flags & 0x0000_0030, 'SIGN and SEAL').toBe(0)
    }
    expect(field(52)).toHaveLength(0)
  })

  it('names domain and user in UTF-16, and never the password', async () => {
    const { message, field } = await authenticate()
    expect(field(28).toString('utf16le')).toBe('DOM')
    expect(field(36).toString('utf16le')).toBe('user')
    expect(message.includes(Buffer.from('Secret-1', 'utf16le'))).toBe(false)
    expect(message.includes('Secret-1')).toBe(false)
  })

  it('tells the server of the MIC, the service and the TLS channel, and keeps the server’s own pairs', async () => {
    const { field } = await authenticate()
    const pairs = readAvPairs(field(20).subarray(16 + 28))
    const avOf = (id: number) => Buffer.from(pairs?.find((pair) => pair.id === id)?.value ?? [])
    expect(avOf(AV.flags).readUInt32LE(0) & 2).toBe(2)
    expect(avOf(AV.targetName).toString('utf16le')).toBe('HTTP/mail.contoso.com')
    expect(avOf(AV.channelBindings)).toEqual(BINDING)
    expect(avOf(2).toString('utf16le')).toBe('DOM')
  })

  it('uses the server’s time, and then an empty LM answer', async () => {
    const { field } = await authenticate()
    expect(
      field(20)
        .subarray(16 + 8, 16 + 16)
        .toString('hex'),
    ).toBe('0102030405060708')
    expect(field(12)).toEqual(Buffer.alloc(24))
  })

  it('uses its own time and an LMv2 answer where the server sends no time', async () => {
    const { field } = await authenticate([{ id: 2, value: Buffer.from('DOM', 'utf16le') }])
    expect(field(20).readBigUInt64LE(16 + 8)).toBe((1_700_000_000_000n + 11_644_473_600_000n) * 10_000n)
    expect(field(12)).not.toEqual(Buffer.alloc(24))
  })

  it('protects all three messages with the MIC', async () => {
    const { message, negotiate, challenge, field } = await authenticate()
    const key = await ntlmV2Key('user', 'DOM', 'Secret-1')
    const sessionKey = hmacMd5(key, field(20).subarray(0, 16))
    const blank = Buffer.from(message)
    blank.fill(0, 72, 88)
    expect(message.subarray(72, 88)).toEqual(hmacMd5(sessionKey, negotiate, challenge.bytes, blank))
  })

  it.each([
    ['nothing', ''],
    ['another message', buildNegotiateMessage().toString('base64')],
    ['a field that points past the end', challengeWith(PAIRS).subarray(0, 60).toString('base64')],
    ['garbage', Buffer.alloc(80, 1).toString('base64')],
  ])('refuses %s as a challenge', (_, token) => {
    expect(readChallengeMessage(token)).toBeNull()
  })

  it.each([
    ['DOM\\user', { domain: 'DOM', user: 'user' }],
    ['user@contoso.com', { domain: '', user: 'user@contoso.com' }],
    ['user', { domain: '', user: 'user' }],
  ])('splits %s', (userName, parts) => {
    expect(splitUserName(userName)).toEqual(parts)
  })
})
