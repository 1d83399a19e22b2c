/** Flags of NTLM that the demo looks at or sets. @see MS-NLMP 2.2.2.5 */
export const NTLM_FLAG = {
  unicode: 0x00000001,
  requestTarget: 0x00000004,
  sign: 0x00000010,
  seal: 0x00000020,
  ntlm: 0x00000200,
  alwaysSign: 0x00008000,
  targetTypeDomain: 0x00010000,
  extendedSessionSecurity: 0x00080000,
  targetInfo: 0x00800000,
  version: 0x02000000,
  key128: 0x20000000,
  keyExchange: 0x40000000,
  key56: 0x80000000,
} as const

/** Kinds of attribute-value pairs in a target information block. @see MS-NLMP 2.2.2.1 */
export const AV_ID = {
  end: 0,
  nbComputerName: 1,
  nbDomainName: 2,
  dnsComputerName: 3,
  dnsDomainName: 4,
  dnsTreeName: 5,
  flags: 6,
  timestamp: 7,
  channelBindings: 10,
} as const

/** In MsvAvFlags: the message carries a MIC. */
export const AV_FLAG_MIC = 0x2

const SIGNATURE = Buffer.from('NTLMSSP\0', 'ascii')
/** Windows Server 2019, NTLMSSP revision 15. @see MS-NLMP 2.2.2.10 */
const VERSION = Buffer.from([10, 0, 0x63, 0x45, 0, 0, 0, 15])
const CHALLENGE_HEADER_BYTES = 56
const MIC_OFFSET = 72
const MIC_BYTES = 16

/** The type of an NTLM message; null when it is none. */
export function readMessageType(message: Buffer): number | null {
  if (message.length < 12 || !message.subarray(0, 8).equals(SIGNATURE)) return null
  return message.readUInt32LE(8)
}

/** NegotiateFlags of a NEGOTIATE_MESSAGE. */
export function readNegotiateFlags(message: Buffer): number | null {
  return message.length >= 16 ? message.readUInt32LE(12) : null
}

/** One attribute-value pair. */
export function avPair(id: number, value: Uint8Array): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16LE(id, 0)
  head.writeUInt16LE(value.length, 2)
  return Buffer.concat([head, value])
}

/** Reads a list of attribute-value pairs; null when it is cut off or has no end. */
export function readAvPairs(block: Buffer): Map<number, Buffer> | null {
  const pairs = new Map<number, Buffer>()
  let at = 0
  while (at + 4 <= block.length) {
    const id = block.readUInt16LE(at)
    const length = block.readUInt16LE(at + 2)
    if (id === AV_ID.end) return pairs
    if (at + 4 + length > block.length) return null
    pairs.set(id, block.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return null
}

/** Whom the server says it is, in a CHALLENGE_MESSAGE. */
export interface ChallengeTarget {
  readonly nbDomain: string
  readonly nbComputer: string
  readonly dnsDomain: string
  readonly dnsComputer: string
}

const EPOCH_DIFFERENCE_MS = 11_644_473_600_000n

function fileTime(timeMs: number): Buffer {
  const time = Buffer.alloc(8)
  time.writeBigUInt64LE((BigInt(Math.floor(timeMs)) + EPOCH_DIFFERENCE_MS) * 10_000n)
  return time
}

function targetInfo(target: ChallengeTarget, timeMs: number): Buffer {
  const text = (id: number, value: string): Buffer => avPair(id, Buffer.from(value, 'utf16le'))
  return Buffer.concat([
    text(AV_ID.nbDomainName, target.nbDomain),
    text(AV_ID.nbComputerName, target.nbComputer),
    text(AV_ID.dnsDomainName, target.dnsDomain),
    text(AV_ID.dnsComputerName, target.dnsComputer),
    text(AV_ID.dnsTreeName, target.dnsDomain),
    avPair(AV_ID.timestamp, fileTime(timeMs)),
    avPair(AV_ID.end, Buffer.alloc(0)),
  ])
}

/** What of the client's wishes the server agrees to. */
const AGREED =
  NTLM_FLAG.sign | NTLM_FLAG.seal | NTLM_FLAG.alwaysSign | NTLM_FLAG.key128 | NTLM_FLAG.key56 | NTLM_FLAG.keyExchange

const ALWAYS_SET =
  NTLM_FLAG.unicode |
  NTLM_FLAG.requestTarget |
  NTLM_FLAG.ntlm |
  NTLM_FLAG.targetTypeDomain |
  NTLM_FLAG.extendedSessionSecurity |
  NTLM_FLAG.targetInfo |
  NTLM_FLAG.version

/**
 * Writes a CHALLENGE_MESSAGE.
 * @param serverChallenge 8 random bytes
 * @see MS-NLMP 2.2.1.2
 */
export function writeChallenge(
  clientFlags: number,
  serverChallenge: Buffer,
  target: ChallengeTarget,
  timeMs: number,
): Buffer {
  const name = Buffer.from(target.nbDomain, 'utf16le')
  const info = targetInfo(target, timeMs)
  const head = Buffer.alloc(CHALLENGE_HEADER_BYTES)
  SIGNATURE.copy(head, 0)
  head.writeUInt32LE(2, 8)
  writeField(head, 12, name.length, CHALLENGE_HEADER_BYTES)
  head.writeUInt32LE((ALWAYS_SET | (clientFlags & AGREED)) >>> 0, 20)
  serverChallenge.copy(head, 24)
  writeField(head, 40, info.length, CHALLENGE_HEADER_BYTES + name.length)
  VERSION.copy(head, 48)
  return Buffer.concat([head, name, info])
}

function writeField(head: Buffer, at: number, length: number, offset: number): void {
  head.writeUInt16LE(length, at)
  head.writeUInt16LE(length, at + 2)
  head.writeUInt32LE(offset, at + 4)
}

/** An AUTHENTICATE_MESSAGE, taken apart. */
export interface AuthenticateMessage {
  readonly domain: string
  readonly user: string
  readonly ntResponse: Buffer
  readonly encryptedSessionKey: Buffer
  readonly flags: number
  /** The bytes at the place of the MIC; what they mean depends on MsvAvFlags. */
  readonly mic: Buffer
  /** The message with that place zeroed, as the MIC is computed over it. */
  readonly withoutMic: Buffer
}

function readField(message: Buffer, at: number): Buffer | null {
  const length = message.readUInt16LE(at)
  const offset = message.readUInt32LE(at + 4)
  return offset + length <= message.length ? message.subarray(offset, offset + length) : null
}

/**
 * Reads an AUTHENTICATE_MESSAGE; null when it is malformed.
 * @see MS-NLMP 2.2.1.3
 */
export function readAuthenticate(message: Buffer): AuthenticateMessage | null {
  if (message.length < 64 || readMessageType(message) !== 3) return null
  const [ntResponse, domain, user, encryptedSessionKey] = [20, 28, 36, 52].map((at) => readField(message, at))
  if (!ntResponse || !domain || !user || !encryptedSessionKey) return null
  const flags = message.readUInt32LE(60)
  const encoding = (flags & NTLM_FLAG.unicode) !== 0 ? 'utf16le' : 'latin1'
  const withoutMic = Buffer.from(message)
  withoutMic.fill(0, MIC_OFFSET, Math.min(withoutMic.length, MIC_OFFSET + MIC_BYTES))
  return {
    domain: domain.toString(encoding),
    user: user.toString(encoding),
    ntResponse,
    encryptedSessionKey,
    flags,
    mic: message.subarray(MIC_OFFSET, MIC_OFFSET + MIC_BYTES),
    withoutMic,
  }
}
