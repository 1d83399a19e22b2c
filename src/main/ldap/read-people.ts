import type { Entry } from 'ldapts'
import { ldapOrigin } from '../../shared/ldap.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { LdapPeopleOptions, LdapPeoplePage, LdapTarget, LdapThumbnail, SecureDialler } from '../core/ldap/ports.ts'
import { bytesOf, textOf } from './attribute-values.ts'
import { type Directory, type DirectoryQuestion, openDirectory } from './open-directory.ts'
import { ADDRESS_ATTRIBUTES, addressOf, isHidden, PERSON_ATTRIBUTES, toPerson } from './to-person.ts'

const CONNECT_MS = 10_000
const ANSWER_MS = 120_000

/** What Active Directory gives at once, and what of pictures stays within the longest answer. */
const PEOPLE_PAGE = 1_000
const THUMBNAIL_PAGE = 500

/** Pages of one question, at most: two million people. */
const MAX_PAGES = 2_000

/** What Active Directory keeps at most (bytes). @see protocol.md 3.4 */
const MAX_THUMBNAIL_BYTES = 102_400

/** Everybody with an address. Hidden ones are left out here, not there: servers without that attribute would find nobody. */
const PEOPLE = '(objectClass=person)(|(mail=*)(proxyAddresses=SMTP:*))'

/** Reads everybody, then everybody's thumbnail. */
export async function* readPeople(
  dialler: SecureDialler,
  target: LdapTarget,
  { isHiddenIncluded }: LdapPeopleOptions,
  signal: AbortSignal,
): AsyncGenerator<LdapPeoplePage> {
  const opened = await openDirectory({ target, dialler, connectMs: CONNECT_MS, answerMs: ANSWER_MS, signal })
  if (!opened.ok) {
    yield { kind: 'failed', error: opened.error }
    return
  }
  const directory = opened.value
  try {
    const base = await findBase(directory, target)
    if (!base.ok) {
      yield { kind: 'failed', error: base.error }
      return
    }
    const isWanted = (entry: Entry) => isHiddenIncluded || !isHidden(entry)
    const people = { base: base.value, filter: `(&${PEOPLE})`, pageSize: PEOPLE_PAGE, attributes: PERSON_ATTRIBUTES }
    const isWhole = yield* pagesOf(directory, target, people, (entries) => ({
      people: entries.filter(isWanted).flatMap((entry) => toPerson(entry) ?? []),
      thumbnails: [],
    }))
    if (!isWhole) return
    const pictures = {
      ...{ base: base.value, filter: `(&${PEOPLE}(thumbnailPhoto=*))`, pageSize: THUMBNAIL_PAGE },
      attributes: [...ADDRESS_ATTRIBUTES, 'msExchHideFromAddressLists', 'thumbnailPhoto'],
    }
    yield* pagesOf(directory, target, pictures, (entries) => ({
      people: [],
      thumbnails: entries.filter(isWanted).flatMap((entry) => toThumbnail(entry, target, base.value) ?? []),
    }))
  } finally {
    await directory.close()
  }
}

/** Where people are: as it was set, else the domain that the server is a controller of. */
async function findBase(directory: Directory, { server, signIn }: LdapTarget): Promise<Result<string>> {
  // Whoever has a password wants to see what it opens: some servers hide people from others instead of saying so.
  if (signIn !== null) {
    const signedIn = await directory.signIn()
    if (!signedIn.ok) return signedIn
  }
  if (server.base !== '') return ok(server.base)
  const answer = await directory.search({
    ...{ base: '', scope: 'base', filter: '(objectClass=*)', pageSize: 1 },
    attributes: ['defaultNamingContext', 'namingContexts'],
  })
  if (!answer.ok) return answer
  const [root] = answer.value
  const base = root === undefined ? '' : textOf(root, 'defaultNamingContext') || textOf(root, 'namingContexts')
  const endpoint = ldapOrigin(server)
  const detail = 'it does not say where people are; give a base'
  return base === '' ? fail({ code: 'unexpected-answer', endpoint, status: null, detail }) : ok(base)
}

interface PeopleQuestion extends Pick<DirectoryQuestion, 'base' | 'filter' | 'pageSize'> {
  readonly attributes: readonly string[]
}

/** @returns whether all pages came */
async function* pagesOf(
  directory: Directory,
  { server }: LdapTarget,
  { attributes, ...question }: PeopleQuestion,
  read: (entries: Entry[]) => Omit<Extract<LdapPeoplePage, { kind: 'page' }>, 'kind'>,
): AsyncGenerator<LdapPeoplePage, boolean> {
  const binary = ['thumbnailPhoto']
  let pages = 0
  for await (const page of directory.pages({ ...question, scope: 'sub', attributes: [...attributes], binary })) {
    pages += 1
    if (!page.ok) yield { kind: 'failed', error: page.error }
    else if (pages > MAX_PAGES) {
      const detail = 'the answer has no end'
      yield { kind: 'failed', error: { code: 'unexpected-answer', endpoint: ldapOrigin(server), status: null, detail } }
    } else {
      yield { kind: 'page', ...read(page.value) }
      continue
    }
    return false
  }
  return true
}

/** A picture with what it was asked by, as a URL of LDAP. @see RFC 4516 */
function toThumbnail(entry: Entry, { server }: LdapTarget, base: string): LdapThumbnail | null {
  const address = addressOf(entry)
  const bytes = bytesOf(entry, 'thumbnailPhoto')
  if (address === null || bytes === null || bytes.length === 0 || bytes.length > MAX_THUMBNAIL_BYTES) return null
  const filter = `(mail=${encodeURIComponent(address)})`
  return { address, bytes, askedUrl: `${ldapOrigin(server)}/${encodeURI(base)}?thumbnailPhoto?sub?${filter}` }
}
