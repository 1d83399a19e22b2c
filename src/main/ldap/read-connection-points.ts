import { ok, type Result } from '../../shared/result.ts'
import type { ConnectionPointsAnswer, LdapTarget, SecureDialler } from '../core/ldap/ports.ts'
import { textOf, textsOf } from './attribute-values.ts'
import { type Directory, openDirectory } from './open-directory.ts'

/** A server that is away must not be waited for: there are other places to ask (ms). */
const CONNECT_MS = 3_000
const ANSWER_MS = 5_000

/** Points in one answer, at most: an organisation has one a server. */
const PAGE_SIZE = 500

/** The keywords that mark a pointer to another forest, and a URL of Autodiscover. @see protocol.md 2.6 */
const FILTER =
  '(&(objectClass=serviceConnectionPoint)(|(keywords=67661d7F-8FC4-4fa7-BFAC-E1D7794C1F68)(keywords=77378F46-2C66-4aa9-A6A6-3E7A48B19596)))'

/** Reads the service connection points that an LDAP server holds. */
export async function readConnectionPoints(
  dialler: SecureDialler,
  target: LdapTarget,
  signal: AbortSignal,
): Promise<ConnectionPointsAnswer> {
  const opened = await openDirectory({ target, dialler, connectMs: CONNECT_MS, answerMs: ANSWER_MS, signal })
  if (!opened.ok) return { kind: 'failed', error: opened.error }
  const directory = opened.value
  const { evidence } = directory
  try {
    const root = await readRoot(directory)
    if (!root.ok) return { kind: 'failed', error: root.error, evidence }
    const { configuration, site } = root.value
    const base = configuration === '' ? target.server.base : configuration
    const found = await directory.search({
      ...{ base, scope: 'sub', filter: FILTER, pageSize: PAGE_SIZE },
      attributes: ['keywords', 'serviceBindingInformation'],
    })
    if (!found.ok) return { kind: 'failed', error: found.error, evidence }
    const points = found.value.map((entry) => ({
      keywords: textsOf(entry, 'keywords'),
      bindings: textsOf(entry, 'serviceBindingInformation', 2_000),
    }))
    return { kind: 'points', points, site, evidence }
  } finally {
    await directory.close()
  }
}

/** What the server says of itself, which it says to everybody. @see RFC 4512, 5.1; MS-ADTS 3.1.1.3.2 */
async function readRoot(directory: Directory): Promise<Result<{ configuration: string; site: string | null }>> {
  const answer = await directory.search({
    ...{ base: '', scope: 'base', filter: '(objectClass=*)', pageSize: 1 },
    attributes: ['configurationNamingContext', 'serverName'],
  })
  if (!answer.ok) return answer
  const [root] = answer.value
  if (root === undefined) return ok({ configuration: '', site: null })
  return ok({ configuration: textOf(root, 'configurationNamingContext'), site: siteOf(textOf(root, 'serverName')) })
}

/** `CN=DC1,CN=Servers,CN=Bergen,CN=Sites,CN=Configuration,…` stands in the site Bergen. */
function siteOf(serverName: string): string | null {
  const match = /^CN=[^,]+,CN=Servers,CN=((?:\\.|[^,\\])+),CN=Sites,/i.exec(serverName)
  return match?.[1]?.replace(/\\(.)/g, '$1') ?? null
}
