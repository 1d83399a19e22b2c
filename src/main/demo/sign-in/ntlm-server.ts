import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { DemoAccount } from '../demo-types.ts'
import type { AccountBook } from './account-book.ts'
import { hmacMd5, ntowfV2, rc4 } from './ntlm-crypto.ts'
import {
  type AuthenticateMessage,
  AV_FLAG_MIC,
  AV_ID,
  type ChallengeTarget,
  NTLM_FLAG,
  readAuthenticate,
  readAvPairs,
  readMessageType,
  readNegotiateFlags,
  writeChallenge,
} from './ntlm-messages.ts'

/** What the server needs to judge a sign-in by NTLM. */
export interface NtlmPolicy {
  readonly accounts: AccountBook
  readonly target: ChallengeTarget
  /** What MsvAvChannelBindings has to hold on this server's connections. */
  readonly channelBinding: Buffer
  /** Extended Protection: false is Allow, true is Require. */
  readonly isChannelBindingRequired: boolean
}

/** The answer to one NTLM message. */
export type NtlmStep =
  | { readonly kind: 'challenge'; readonly message: Buffer }
  | { readonly kind: 'signed-in'; readonly account: DemoAccount }
  | { readonly kind: 'refused'; readonly reason: NtlmRefusal }

/** Why a sign-in was refused; never told to the client. */
export type NtlmRefusal = 'malformed' | 'out-of-order' | 'unknown-user' | 'wrong-password' | 'channel-binding' | 'mic'

/** One handshake on one connection. */
export interface NtlmHandshake {
  step(message: Buffer): Promise<NtlmStep>
}

/** NTProofStr, and the client's part of the response behind it. @see MS-NLMP 2.2.2.8, 2.2.2.7 */
const PROOF_BYTES = 16
const AV_PAIRS_OFFSET = 28

function isEqual(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}

function isBindingAccepted(pairs: Map<number, Buffer>, policy: NtlmPolicy): boolean {
  const binding = pairs.get(AV_ID.channelBindings)
  if (binding === undefined) return !policy.isChannelBindingRequired
  return isEqual(binding, policy.channelBinding)
}

function exportedSessionKey(message: AuthenticateMessage, sessionBaseKey: Buffer): Buffer {
  const isExchanged = (message.flags & NTLM_FLAG.keyExchange) !== 0 && message.encryptedSessionKey.length === 16
  return isExchanged ? rc4(sessionBaseKey, message.encryptedSessionKey) : sessionBaseKey
}

/**
 * Judges an AUTHENTICATE_MESSAGE: NTLMv2 only. The MIC is verified when the client says that there is one, the channel
 * binding when there is one or one is required.
 * @see MS-NLMP 3.3.2, 3.2.5.1.2
 */
export async function judgeAuthenticate(
  message: AuthenticateMessage,
  serverChallenge: Buffer,
  earlier: readonly Buffer[],
  policy: NtlmPolicy,
): Promise<NtlmStep> {
  const account = policy.accounts.find(message.user)
  if (account === null) return { kind: 'refused', reason: 'unknown-user' }
  const proof = message.ntResponse.subarray(0, PROOF_BYTES)
  const clientPart = message.ntResponse.subarray(PROOF_BYTES)
  const pairs = readAvPairs(clientPart.subarray(AV_PAIRS_OFFSET))
  if (pairs === null) return { kind: 'refused', reason: 'malformed' }
  const key = await ntowfV2(account.password, message.user, message.domain)
  if (!isEqual(proof, hmacMd5(key, serverChallenge, clientPart))) return { kind: 'refused', reason: 'wrong-password' }
  if (!isBindingAccepted(pairs, policy)) return { kind: 'refused', reason: 'channel-binding' }
  const flags = pairs.get(AV_ID.flags)
  const hasMic = flags !== undefined && flags.length === 4 && (flags.readUInt32LE(0) & AV_FLAG_MIC) !== 0
  if (hasMic) {
    const sessionKey = exportedSessionKey(message, hmacMd5(key, proof))
    const mic = hmacMd5(sessionKey, ...earlier, message.withoutMic)
    if (!isEqual(message.mic, mic)) return { kind: 'refused', reason: 'mic' }
  }
  return { kind: 'signed-in', account }
}

/** Begins a handshake. */
export function createNtlmHandshake(policy: NtlmPolicy, nowMs: () => number): NtlmHandshake {
  let negotiate: Buffer | null = null
  let challenge: Buffer | null = null
  let serverChallenge: Buffer = Buffer.alloc(8)
  return {
    step: async (message) => {
      const type = readMessageType(message)
      if (type === 1) {
        serverChallenge = randomBytes(8)
        negotiate = message
        challenge = writeChallenge(readNegotiateFlags(message) ?? 0, serverChallenge, policy.target, nowMs())
        return { kind: 'challenge', message: challenge }
      }
      if (type !== 3) return { kind: 'refused', reason: 'malformed' }
      if (negotiate === null || challenge === null) return { kind: 'refused', reason: 'out-of-order' }
      const authenticate = readAuthenticate(message)
      const earlier = [negotiate, challenge]
      negotiate = null
      challenge = null
      if (authenticate === null) return { kind: 'refused', reason: 'malformed' }
      return await judgeAuthenticate(authenticate, serverChallenge, earlier, policy)
    },
  }
}
