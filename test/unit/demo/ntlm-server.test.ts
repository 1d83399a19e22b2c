import { describe, expect, it } from 'vitest'
import { createOrganisation } from '../../../src/main/demo/organisation/create-organisation.ts'
import { createAccountBook } from '../../../src/main/demo/sign-in/account-book.ts'
import { hmacMd5, ntowfV2, rc4, tlsServerEndPointBinding } from '../../../src/main/demo/sign-in/ntlm-crypto.ts'
import { AV_ID, avPair, NTLM_FLAG, readAvPairs, readMessageType } from '../../../src/main/demo/sign-in/ntlm-messages.ts'
import { createNtlmHandshake, type NtlmPolicy } from '../../../src/main/demo/sign-in/ntlm-server.ts'

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex')

/** @see MS-NLMP 4.2.1 and 4.2.4: the common values and the NTLMv2 example. */
describe('the NTLMv2 example of MS-NLMP', () => {
  const serverChallenge = hex('0123456789abcdef')
  const utf16 = (text: string) => Buffer.from(text, 'utf16le')
  const targetInfo = Buffer.concat([
    avPair(AV_ID.nbDomainName, utf16('Domain')),
    avPair(AV_ID.nbComputerName, utf16('Server')),
    avPair(AV_ID.end, Buffer.alloc(0)),
  ])
  const clientPart = Buffer.concat([
    hex('0101000000000000 0000000000000000 aaaaaaaaaaaaaaaa 00000000'),
    targetInfo,
    Buffer.alloc(4),
  ])

  it('4.2.4.1.1: NTOWFv2', async () => {
    expect((await ntowfV2('Password', 'User', 'Domain')).toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f')
  })

  it('4.2.4.2.2: the NTLMv2 response, 4.2.4.1.2: the session base key', async () => {
    const key = await ntowfV2('Password', 'User', 'Domain')
    const proof = hmacMd5(key, serverChallenge, clientPart)
    expect(proof.toString('hex')).toBe('68cd0ab851e51c96aabc927bebef6a1c')
    expect(hmacMd5(key, proof).toString('hex')).toBe('8de40ccadbc14a82f15cb0ad0de95ca3')
  })

  it('4.2.4.2.3: the encrypted session key', () => {
    const sessionBaseKey = hex('8de40ccadbc14a82f15cb0ad0de95ca3')
    const encrypted = rc4(sessionBaseKey, hex('55'.repeat(16)))
    expect(encrypted.toString('hex')).toBe('c5dad2544fc9799094ce1ce90bc9d03e')
  })
})

const book = createAccountBook('seed', createOrganisation('seed', 10).people)
const [account] = book.accounts
const binding = tlsServerEndPointBinding(Buffer.from('a certificate'))
const policy: NtlmPolicy = {
  accounts: book,
  target: {
    nbDomain: 'FJORDLINE',
    nbComputer: 'MAIL01',
    dnsDomain: 'fjordline.example',
    dnsComputer: 'mail01.fjordline.example',
  },
  channelBinding: binding,
  isChannelBindingRequired: false,
}

interface ClientWishes {
  user?: string
  domain?: string
  password?: string
  channelBinding?: Buffer
  mic?: 'right' | 'wrong'
  isKeyExchanged?: boolean
}

/** A type 1 message that asks for what clients usually ask for. */
function negotiateMessage(isKeyExchanged: boolean): Buffer {
  const message = Buffer.alloc(40)
  message.write('NTLMSSP\0', 'ascii')
  message.writeUInt32LE(1, 8)
  const flags =
    NTLM_FLAG.unicode | NTLM_FLAG.ntlm | NTLM_FLAG.sign | NTLM_FLAG.extendedSessionSecurity | NTLM_FLAG.key128
  message.writeUInt32LE((flags | (isKeyExchanged ? NTLM_FLAG.keyExchange : 0)) >>> 0, 12)
  return message
}

/** A type 3 message as MS-NLMP 3.1.5.1.2 has clients make it. */
async function authenticateMessage(negotiate: Buffer, challenge: Buffer, wishes: ClientWishes): Promise<Buffer> {
  const { user = 'maja.lindqvist', domain = 'FJORDLINE', password = account?.password ?? '' } = wishes
  const infoLength = challenge.readUInt16LE(40)
  const infoAt = challenge.readUInt32LE(44)
  const info = challenge.subarray(infoAt, infoAt + infoLength - 4)
  const pairs = Buffer.concat([
    info,
    ...(wishes.mic ? [avPair(AV_ID.flags, hex('02000000'))] : []),
    ...(wishes.channelBinding ? [avPair(AV_ID.channelBindings, wishes.channelBinding)] : []),
    avPair(AV_ID.end, Buffer.alloc(0)),
  ])
  const clientPart = Buffer.concat([
    hex('0101000000000000'),
    hex('00'.repeat(8)),
    hex('bb'.repeat(8)),
    Buffer.alloc(4),
    pairs,
    Buffer.alloc(4),
  ])
  const key = await ntowfV2(password, user, domain)
  const proof = hmacMd5(key, challenge.subarray(24, 32), clientPart)
  const baseKey = hmacMd5(key, proof)
  const sessionKey = wishes.isKeyExchanged ? hex('77'.repeat(16)) : baseKey
  const fields = [
    Buffer.alloc(24),
    Buffer.concat([proof, clientPart]),
    Buffer.from(domain, 'utf16le'),
    Buffer.from(user, 'utf16le'),
    Buffer.from('PC', 'utf16le'),
    wishes.isKeyExchanged ? rc4(baseKey, sessionKey) : Buffer.alloc(0),
  ]
  const head = Buffer.alloc(88)
  head.write('NTLMSSP\0', 'ascii')
  head.writeUInt32LE(3, 8)
  let offset = head.length
  fields.forEach((field, index) => {
    head.writeUInt16LE(field.length, 12 + index * 8)
    head.writeUInt16LE(field.length, 14 + index * 8)
    head.writeUInt32LE(offset, 16 + index * 8)
    offset += field.length
  })
  head.writeUInt32LE(challenge.readUInt32LE(20), 60)
  const message = Buffer.concat([head, ...fields])
  if (wishes.mic) hmacMd5(sessionKey, negotiate, challenge, message).copy(message, 72)
  if (wishes.mic === 'wrong') message.writeUInt8(message.readUInt8(72) ^ 1, 72)
  return message
}

async function signIn(wishes: ClientWishes, changes: Partial<NtlmPolicy> = {}) {
  const handshake = createNtlmHandshake({ ...policy, ...changes }, () => 1_700_000_000_000)
  const negotiate = negotiateMessage(wishes.isKeyExchanged ?? false)
  const step = await handshake.step(negotiate)
  if (step.kind !== 'challenge') throw new Error('the first answer is a challenge')
  return await handshake.step(await authenticateMessage(negotiate, step.message, wishes))
}

describe('signing in by NTLM', () => {
  it.each([
    ['the bare user name', { user: 'maja.lindqvist' }],
    ['the user name in other letters', { user: 'MAJA.Lindqvist', domain: 'fjordline' }],
    ['the address, without a domain', { user: 'maja.lindqvist@fjordline.example', domain: '' }],
    ['a MIC', { mic: 'right' }],
    ['a MIC under an exchanged key', { mic: 'right', isKeyExchanged: true }],
    ['the right channel binding', { channelBinding: binding }],
  ] as [string, ClientWishes][])('lets in %s', async (_, wishes) => {
    expect(await signIn(wishes)).toEqual({ kind: 'signed-in', account })
  })

  it.each([
    ['a wrong password', { password: 'wrong' }, 'wrong-password'],
    ['an unknown user', { user: 'nobody' }, 'unknown-user'],
    ['a wrong MIC', { mic: 'wrong' }, 'mic'],
    ['a wrong channel binding', { channelBinding: hex('11'.repeat(16)) }, 'channel-binding'],
    ['an empty channel binding', { channelBinding: Buffer.alloc(16) }, 'channel-binding'],
  ] as [string, ClientWishes, string][])('refuses %s', async (_, wishes, reason) => {
    expect(await signIn(wishes)).toEqual({ kind: 'refused', reason })
  })

  it('refuses a client without channel binding where one is required, and lets in one with it', async () => {
    const required = { isChannelBindingRequired: true }
    expect(await signIn({}, required)).toEqual({ kind: 'refused', reason: 'channel-binding' })
    expect(await signIn({ channelBinding: binding }, required)).toMatchObject({ kind: 'signed-in' })
  })

  it('refuses a third message without a first, garbage, and a third message sent twice', async () => {
    const handshake = createNtlmHandshake(policy, () => 0)
    const negotiate = negotiateMessage(false)
    const step = await handshake.step(negotiate)
    const challenge = step.kind === 'challenge' ? step.message : Buffer.alloc(0)
    const third = await authenticateMessage(negotiate, challenge, {})
    expect(await createNtlmHandshake(policy, () => 0).step(third)).toEqual({ kind: 'refused', reason: 'out-of-order' })
    expect(await createNtlmHandshake(policy, () => 0).step(Buffer.from('no'))).toMatchObject({ reason: 'malformed' })
    expect(await handshake.step(third)).toMatchObject({ kind: 'signed-in' })
    expect(await handshake.step(third)).toEqual({ kind: 'refused', reason: 'out-of-order' })
  })

  it('tells in its challenge who it is and what time it is', async () => {
    const step = await createNtlmHandshake(policy, () => 0).step(negotiateMessage(true))
    const message = step.kind === 'challenge' ? step.message : Buffer.alloc(0)
    expect(readMessageType(message)).toBe(2)
    const pairs = readAvPairs(message.subarray(message.readUInt32LE(44)))
    expect(pairs?.get(AV_ID.dnsDomainName)?.toString('utf16le')).toBe('fjordline.example')
    expect(pairs?.get(AV_ID.timestamp)?.readBigUInt64LE()).toBe(116_444_736_000_000_000n)
  })
})
