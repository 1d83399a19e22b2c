import { Client, type Entry, type SearchOptions } from 'ldapts'
import type { StepEvidence } from '../../shared/connections.ts'
import type { AppError } from '../../shared/errors.ts'
import { ldapOrigin } from '../../shared/ldap.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { ByteChannel, LdapTarget, SecureDialler } from '../core/ldap/ports.ts'
import { createMessagePipe } from './create-message-pipe.ts'
import { nameLdapError, wantsSignIn } from './name-ldap-error.ts'

const START_TLS = '1.3.6.1.4.1.1466.20037'

/** What is asked of a directory. */
export interface DirectoryQuestion extends Pick<SearchOptions, 'scope' | 'filter' | 'attributes'> {
  readonly base: string
  /** Entries in a page (RFC 2696). */
  readonly pageSize: number
  /** Attributes whose values are bytes. */
  readonly binary?: readonly string[]
}

/** An encrypted connection to an LDAP server. */
export interface Directory {
  readonly evidence: StepEvidence
  /** Whether somebody has signed in. */
  readonly isSignedIn: boolean
  /** Signs in by a simple bind. Fails with `unauthorized` and as a search does. */
  signIn(): Promise<Result<null>>
  /**
   * The pages of an answer, one after the other; the last one is the failure, if any. References to other servers are left
   * out. Asks once more after a sign-in where an anonymous question was turned down, if there is somebody to sign in as.
   */
  pages(question: DirectoryQuestion): AsyncGenerator<Result<Entry[]>>
  /** All pages at once. */
  search(question: DirectoryQuestion): Promise<Result<Entry[]>>
  close(): Promise<void>
}

export interface OpenOptions {
  readonly target: LdapTarget
  readonly dialler: SecureDialler
  readonly connectMs: number
  /** How long one answer may take (ms). */
  readonly answerMs: number
  readonly signal: AbortSignal
}

/** Connects and encrypts; nobody has signed in yet. Fails with `unreachable`, `certificate-untrusted` or `cancelled`. */
export async function openDirectory(options: OpenOptions): Promise<Result<Directory>> {
  const { target, dialler, connectMs, answerMs, signal } = options
  const { server, network } = target
  const endpoint = ldapOrigin(server)
  const dialled = await dialler.dial({
    ...{ host: server.host, port: server.port, endpoint, network, signal, timeoutMs: connectMs },
    ...(server.isStartTls && { beforeTls: (plain: ByteChannel) => startTls(plain, connectMs) }),
  })
  if (dialled.kind === 'failed') return fail(dialled.error)
  return ok(createDirectory(dialled.channel, dialled.evidence, { endpoint, answerMs, signal, signIn: target.signIn }))
}

/** Asks to go on encrypted. False where the server does not want to, or sends more than its word on it. */
async function startTls(plain: ByteChannel, timeoutMs: number): Promise<boolean> {
  const pipe = createMessagePipe(plain)
  try {
    await clientOver(pipe.socket, timeoutMs).exop(START_TLS)
    // Whoever is in between could have added answers to questions that are still to come.
    return pipe.release()
  } catch {
    // A refusal, or no LDAP at all: either way nothing may be sent.
    pipe.release()
    return false
  }
}

/** The library over a connection that is open. A second one is never made: it would not be encrypted. */
function clientOver(socket: ReturnType<typeof createMessagePipe>['socket'], timeout: number): Client {
  let isTaken = false
  return new Client({
    // Only a name: where to was decided by whoever opened the connection.
    url: 'ldap://connected',
    timeout,
    createConnection: () => {
      if (isTaken) throw new Error('the connection is closed')
      isTaken = true
      return socket
    },
  })
}

interface DirectoryOptions extends Pick<OpenOptions, 'answerMs' | 'signal'>, Pick<LdapTarget, 'signIn'> {
  readonly endpoint: string
}

function createDirectory(channel: ByteChannel, evidence: StepEvidence, options: DirectoryOptions): Directory {
  const { endpoint, answerMs, signal, signIn: user } = options
  const pipe = createMessagePipe(channel)
  const client = clientOver(pipe.socket, answerMs)
  let isSignedIn = false
  const name = (thrown: unknown): AppError => nameLdapError(thrown, endpoint, pipe.fault(), signal)
  const onAbort = () => channel.close()
  signal.addEventListener('abort', onAbort)

  async function signIn(): Promise<Result<null>> {
    // A name without a password would sign nobody in, and look as if it had (RFC 4513, 5.1.2).
    if (user === null || user.userName === '' || user.password === '')
      return fail({ code: 'unauthorized', endpoint, hint: 'no-credentials' })
    try {
      await client.bind(user.userName, user.password)
      isSignedIn = true
      return ok(null)
    } catch (thrown) {
      return fail(name(thrown))
    }
  }

  async function* pages(question: DirectoryQuestion): AsyncGenerator<Result<Entry[]>> {
    try {
      yield* pagesOnce(question)
    } catch (thrown) {
      if (isSignedIn || user === null || !wantsSignIn(thrown)) {
        yield fail(name(thrown))
        return
      }
      const signedIn = await signIn()
      if (signedIn.ok) yield* pages(question)
      else yield signedIn
    }
  }

  async function* pagesOnce({ base, pageSize, binary = [], ...options }: DirectoryQuestion) {
    const how = { ...options, paged: { pageSize }, explicitBufferAttributes: [...binary] }
    for await (const { searchEntries } of client.searchPaginated(base, how)) yield ok(searchEntries)
  }

  return {
    evidence,
    get isSignedIn() {
      return isSignedIn
    },
    signIn,
    pages,
    async search(question) {
      const found: Entry[] = []
      for await (const page of pages(question)) {
        if (!page.ok) return page
        found.push(...page.value)
      }
      return ok(found)
    },
    async close() {
      signal.removeEventListener('abort', onAbort)
      await client.unbind().catch(() => {})
      channel.close()
    },
  }
}
