import type { Credentials } from '../../core/connections/ports.ts'

/** Credentials for which some server offered more than Basic in this run. */
const strongerSeen = new WeakSet<Credentials>()

/**
 * Remembers, for a set of credentials, that something stronger than Basic was offered; by any server, in discovery or after
 * it. Whoever offers only Basic then does not get the password by itself: that is how passwords were collected by the hundred
 * thousand (protocol.md 2.7).
 * @param offered schemes of a 401, in lower case
 * @returns whether these offers talk down from what was offered before
 */
export function isTalkingDown(credentials: Credentials, offered: readonly string[]): boolean {
  if (offered.some((scheme) => scheme !== 'basic')) strongerSeen.add(credentials)
  return offered.length > 0 && offered.every((scheme) => scheme === 'basic') && strongerSeen.has(credentials)
}
