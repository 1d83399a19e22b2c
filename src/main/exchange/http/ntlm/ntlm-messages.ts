import { AV, type AvPair, readAvPairs, writeAvPairs } from './av-pairs.ts'
import { computeNtlmV2, hmacMd5, ntlmV2Key } from './ntlm-hash.ts'

const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1')

/** NegotiateFlags. @see MS-NLMP 2.2.2.5 */
const FLAG = {
  unicode: 0x0000_0001,
  requestTarget: 0x0000_0004,
  ntlm: 0x0000_0200,
  alwaysSign: 0x0000_8000,
  extendedSessionSecurity: 0x0008_0000,
  targetInfo: 0x0080_0000,
  version: 0x0200_0000,
  key128: 0x2000_0000,
  key56: 0x8000_0000,
} as const

/** No key exchange: nothing is sealed over https, and the MIC is keyed with the session key itself. */
const ASKED_FLAGS =
  (FLAG.unicode |
    FLAG.requestTarget |
    FLAG.ntlm |
    FLAG.alwaysSign |
    FLAG.extendedSessionSecurity |
    FLAG.targetInfo |
    FLAG.version |
    FLAG.key128 |
    FLAG.key56) >>>
  0

/** Windows 10.0, NTLM revision 15. Some servers insist on the structure; nobody reads it. @see MS-NLMP 2.2.2.10 */
const VERSION = Buffer.from([10, 0, 0x61, 0x4a, 0, 0, 0, 15])

const NEGOTIATE_LENGTH = 40
const AUTHENTICATE_LENGTH = 88
const MIC_OFFSET = 72

/** The first message. It says nothing about the user. @see MS-NLMP 2.2.1.1 */
export function buildNegotiateMessage(): Buffer {
  const message = Buffer.alloc(NEGOTIATE_LENGTH)
  SIGNATURE.copy(message, 0)
  message.writeUInt32LE(1, 8)
  message.writeUInt32LE(ASKED_FLAGS, 12)
  VERSION.copy(message, 32)
  return message
}

/** The server's message, read. */
export interface ChallengeMessage {
  readonly bytes: Uint8Array
  readonly flags: number
  readonly serverChallenge: Uint8Array
  readonly targetInfo: readonly AvPair[]
}

/** Reads the second message; null when it is none. @see MS-NLMP 2.2.1.2 */
export function readChallengeMessage(base64: string): ChallengeMessage | null {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.length < 48 || !bytes.subarray(0, 8).equals(SIGNATURE) || bytes.readUInt32LE(8) !== 2) return null
  const length = bytes.readUInt16LE(40)
  const offset = bytes.readUInt32LE(44)
  if (offset + length > bytes.length) return null
  const targetInfo = length === 0 ? [] : readAvPairs(bytes.subarray(offset, offset + length))
  if (targetInfo === null) return null
  return { bytes, flags: bytes.readUInt32LE(20), serverChallenge: bytes.subarray(24, 32), targetInfo }
}

/** Everything the third message is made of. `channelBinding`: 16 bytes, see `channel-binding.ts`. */
export interface AuthenticateInput {
  readonly userName: string
  readonly password: string
  readonly host: string
  readonly negotiate: Uint8Array
  readonly challenge: ChallengeMessage
  readonly channelBinding: Uint8Array | null
  readonly clientChallenge: Uint8Array
  readonly nowMs: number
}

/** `DOMAIN\user` in its parts. A UPN or an address is a user without a domain. */
export function splitUserName(userName: string): { domain: string; user: string } {
  const at = userName.indexOf('\\')
  return at < 0 ? { domain: '', user: userName } : { domain: userName.slice(0, at), user: userName.slice(at + 1) }
}

/**
 * The third message: NTLMv2 with message integrity code and channel binding. It never holds the password.
 * @see MS-NLMP 2.2.1.3, 3.1.5.1.2
 */
export async function buildAuthenticateMessage(input: AuthenticateInput): Promise<Buffer> {
  const { domain, user } = splitUserName(input.userName)
  const time = input.challenge.targetInfo.find((pair) => pair.id === AV.timestamp)?.value
  const key = await ntlmV2Key(user, domain, input.password)
  const answer = computeNtlmV2({
    key,
    serverChallenge: input.challenge.serverChallenge,
    clientChallenge: input.clientChallenge,
    time: time ?? toFileTime(input.nowMs),
    targetInfo: writeAvPairs(withClientPairs(input)),
  })
  const message = assemble({
    // With a time from the server the LM answer must be empty (MS-NLMP 3.1.5.1.2).
    lmResponse: time === undefined ? answer.lmResponse : Buffer.alloc(24),
    ntResponse: answer.ntResponse,
    domain: Buffer.from(domain, 'utf16le'),
    user: Buffer.from(user, 'utf16le'),
    flags: (input.challenge.flags & ASKED_FLAGS) >>> 0,
  })
  hmacMd5(answer.sessionKey, input.negotiate, input.challenge.bytes, message).copy(message, MIC_OFFSET)
  return message
}

/** The server's pairs and the client's own: there is a MIC, for which service, over which TLS channel. */
function withClientPairs(input: AuthenticateInput): AvPair[] {
  const fromServer = input.challenge.targetInfo
  const flags = Buffer.alloc(4)
  const known = fromServer.find((pair) => pair.id === AV.flags)?.value
  flags.writeUInt32LE(((known?.length === 4 ? Buffer.from(known).readUInt32LE(0) : 0) | 0x2) >>> 0, 0)
  const own: AvPair[] = [
    { id: AV.flags, value: flags },
    { id: AV.targetName, value: Buffer.from(`HTTP/${input.host}`, 'utf16le') },
    { id: AV.channelBindings, value: input.channelBinding ?? new Uint8Array(16) },
  ]
  const replaced = new Set(own.map((pair) => pair.id))
  return [...fromServer.filter((pair) => !replaced.has(pair.id)), ...own]
}

function assemble(parts: {
  lmResponse: Buffer
  ntResponse: Buffer
  domain: Buffer
  user: Buffer
  flags: number
}): Buffer {
  const head = Buffer.alloc(AUTHENTICATE_LENGTH)
  SIGNATURE.copy(head, 0)
  head.writeUInt32LE(3, 8)
  const empty = Buffer.alloc(0)
  const fields = [
    { at: 12, value: parts.lmResponse },
    { at: 20, value: parts.ntResponse },
    { at: 28, value: parts.domain },
    { at: 36, value: parts.user },
    { at: 44, value: empty },
    { at: 52, value: empty },
  ]
  let offset = AUTHENTICATE_LENGTH
  for (const { at, value } of fields) {
    head.writeUInt16LE(value.length, at)
    head.writeUInt16LE(value.length, at + 2)
    head.writeUInt32LE(offset, at + 4)
    offset += value.length
  }
  head.writeUInt32LE(parts.flags, 60)
  VERSION.copy(head, 64)
  return Buffer.concat([head, ...fields.map((field) => field.value)])
}

/** 100 ns steps since 1601. */
function toFileTime(nowMs: number): Buffer {
  const time = Buffer.alloc(8)
  time.writeBigUInt64LE((BigInt(Math.round(nowMs)) + 11_644_473_600_000n) * 10_000n)
  return time
}
