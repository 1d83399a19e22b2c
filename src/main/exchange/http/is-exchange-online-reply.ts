import { exchangeOnlineCloud } from '../../../shared/exchange-online.ts'
import { type HttpReply, headerOf } from './reply.ts'

/**
 * Whether Exchange Online gave this answer, whatever name it was asked by: it tells the machine behind it, or a version that no
 * server of one's own has (15.20). @see protocol.md 5, 6.2
 */
export function isExchangeOnlineReply(reply: HttpReply): boolean {
  const target = headerOf(reply, 'x-calculatedbetarget')
  if (target !== null && exchangeOnlineCloud(target) !== null) return true
  const head = Buffer.from(reply.body.subarray(0, 2_000)).toString('latin1')
  const version = /<(?:[\w-]+:)?ServerVersionInfo\b[^>]*>/.exec(head)?.[0] ?? ''
  return /\bMajorVersion="15"/.test(version) && /\bMinorVersion="[2-9]\d"/.test(version)
}
