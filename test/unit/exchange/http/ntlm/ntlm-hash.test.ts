import { describe, expect, it } from 'vitest'
import { writeAvPairs } from '../../../../../src/main/exchange/http/ntlm/av-pairs.ts'
import { computeNtlmV2, ntlmV2Key } from '../../../../../src/main/exchange/http/ntlm/ntlm-hash.ts'
import { readChallengeMessage } from '../../../../../src/main/exchange/http/ntlm/ntlm-messages.ts'

/** The published example. @see MS-NLMP 4.2.4 */
describe('NTLMv2 by the vectors of MS-NLMP 4.2.4', () => {
  const published = async () => {
    const key = await ntlmV2Key('User', 'Domain', 'Password')
    const targetInfo = writeAvPairs([
      { id: 2, value: Buffer.from('Domain', 'utf16le') },
      { id: 1, value: Buffer.from('Server', 'utf16le') },
    ])
    const serverChallenge = Buffer.from('0123456789abcdef', 'hex')
    const clientChallenge = Buffer.alloc(8, 0xaa)
    return { key, ...computeNtlmV2({ key, serverChallenge, clientChallenge, time: Buffer.alloc(8), targetInfo }) }
  }

  it('makes the published key (NTOWFv2)', async () => {
    expect((await published()).key.toString('hex')).toBe('0c868a403bfd7a93a3001ef22ef02e3f')
  })

  it('makes the published NTLMv2 proof', async () => {
    expect((await published()).ntResponse.subarray(0, 16).toString('hex')).toBe('68cd0ab851e51c96aabc927bebef6a1c')
  })

  it('makes the published LMv2 answer', async () => {
    expect((await published()).lmResponse.toString('hex')).toBe('86c35097ac9cec102554764a57cccc19aaaaaaaaaaaaaaaa')
  })

  it('makes the published blob behind the proof (temp)', async () => {
    expect((await published()).ntResponse.subarray(16).toString('hex')).toBe(
      '01010000000000000000000000000000aaaaaaaaaaaaaaaa0000000002000c0044006f006d00610069006e00' +
        '01000c005300650072007600650072000000000000000000',
    )
  })

  it('reads the published CHALLENGE_MESSAGE', () => {
    const message =
      '4e544c4d53535000020000000c000c003800000033828ae20123456789abcdef00000000000000002400240044000000' +
      '060070170000000f53006500720076006500720002000c0044006f006d00610069006e0001000c005300650072007600' +
      '6500720000000000'
    const challenge = readChallengeMessage(Buffer.from(message, 'hex').toString('base64'))
    expect(challenge?.flags).toBe(0xe28a8233)
    expect(Buffer.from(challenge?.serverChallenge ?? []).toString('hex')).toBe('0123456789abcdef')
    expect(challenge?.targetInfo.map(({ id, value }) => [id, Buffer.from(value).toString('utf16le')])).toEqual([
      [2, 'Domain'],
      [1, 'Server'],
    ])
  })

  it('makes the published session base key', async () => {
    expect((await published()).sessionKey.toString('hex')).toBe('8de40ccadbc14a82f15cb0ad0de95ca3')
  })

  it('folds the user name to upper case letter by letter, not the domain', async () => {
    const key = (user: string, domain: string) => ntlmV2Key(user, domain, 'x').then((bytes) => bytes.toString('hex'))
    expect(await key('åsa', 'D')).toBe(await key('ÅSA', 'D'))
    expect(await key('groß', 'D')).not.toBe(await key('GROSS', 'D'))
    expect(await key('u', 'd')).not.toBe(await key('u', 'D'))
  })
})
