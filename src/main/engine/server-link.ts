import type { AuthChoice, Endpoints } from '../../shared/connections.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import type {
  Credentials,
  ExchangeConnector,
  ExchangeSession,
  NetworkOptions,
  SessionMemory,
} from '../core/connections/ports.ts'
import type { DirectoryAnswer, DirectorySource } from '../core/people/ports.ts'
import type { PhotoSource } from '../core/photos/ports.ts'
import type { Log } from '../core/ports.ts'
import type { Gate } from '../core/sync/create-gate.ts'
import type { Priority } from '../core/sync/gate-queue.ts'

/** Everything that opening the way to a server takes. */
export interface LinkTarget {
  readonly endpoints: Endpoints
  readonly credentials: Credentials
  readonly auth: AuthChoice
  readonly network: NetworkOptions
  readonly memory?: SessionMemory
}

export interface ServerLinkOptions {
  readonly connector: ExchangeConnector
  readonly gate: Gate
  readonly log: Log
  /** Finds out how to reach the server: reads the password, starts the demo. */
  readonly prepare: () => Promise<Result<LinkTarget>>
  readonly closing: AbortSignal
}

/** The way to one account's server: opened behind the library, opened again when a person asks for it. */
export interface ServerLink {
  /** Opens anew and signs in; the error, or null. */
  signIn(): Promise<AppError | null>
  /** Takes a session over that has signed in already. */
  adopt(session: ExchangeSession): void
  /** Waits for a sign-in that is under way, then asks. */
  readonly photos: PhotoSource
  /** Through the gate, like everything. */
  directory(priority: Priority): DirectorySource
  close(): Promise<void>
}

/** Makes a link that is not open yet. */
export function createServerLink({ connector, gate, log, prepare, closing }: ServerLinkOptions): ServerLink {
  let session: ExchangeSession | null = null
  let signingIn: Promise<AppError | null> | null = null
  /** Resolved when the link has been opened for the first time, or is closed. */
  const begun = Promise.withResolvers<void>()

  async function open(): Promise<AppError | null> {
    const previous = session
    session = null
    await previous?.close()
    const target = await prepare()
    if (!target.ok) return target.error
    const { endpoints, credentials, auth, network, memory } = target.value
    const opened = connector.openSession(endpoints, credentials, auth, network, memory)
    session = opened
    const signedIn = await opened.signIn(closing)
    if (!signedIn.ok) return signedIn.error
    log.info('signed in', { scheme: signedIn.value.scheme })
    return null
  }

  async function signInOnce(): Promise<AppError | null> {
    const error = await open()
    // What the gate learnt of the previous session says nothing about this one.
    gate.reopen()
    gate.report(error)
    return error
  }

  /** The session to ask, or why nobody can be asked. */
  async function ready(): Promise<ExchangeSession | AppError> {
    await begun.promise
    await signingIn
    const health = gate.health()
    if (health.kind === 'stopped') return health.error
    return session ?? { code: 'not-connected' }
  }

  async function askDirectory(
    priority: Priority,
    signal: AbortSignal,
    ask: (source: DirectorySource) => Promise<DirectoryAnswer>,
  ): Promise<DirectoryAnswer> {
    const ticket = gate.enter<DirectoryAnswer>({
      priority,
      signal,
      work: async () => {
        const to = await ready()
        return 'code' in to ? { kind: 'failed', error: to } : ask(to.directory)
      },
      failureOf: (answer) => (answer.kind === 'failed' ? answer.error : null),
    })
    const outcome = await ticket.outcome
    if (outcome.kind === 'answered') return outcome.value
    return { kind: 'failed', error: outcome.kind === 'refused' ? outcome.error : { code: 'cancelled' } }
  }

  return {
    signIn() {
      signingIn ??= signInOnce().finally(() => {
        signingIn = null
      })
      begun.resolve()
      return signingIn
    },
    adopt(opened) {
      session = opened
      gate.report(null)
      begun.resolve()
    },
    photos: {
      async fetchPhoto(question) {
        const to = session !== null && signingIn === null ? session : await ready()
        if ('code' in to) return { kind: 'failed', status: null, error: to, askedUrl: '', bodyBytes: 0 }
        return to.photos.fetchPhoto(question)
      },
    },
    directory: (priority) => ({
      resolveNames: (text, signal) => askDirectory(priority, signal, (source) => source.resolveNames(text, signal)),
      expandList: (address, signal) => askDirectory(priority, signal, (source) => source.expandList(address, signal)),
    }),
    async close() {
      begun.resolve()
      await signingIn
      await session?.close()
      session = null
    },
  }
}
