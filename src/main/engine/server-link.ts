import { isDeepStrictEqual } from 'node:util'
import type { AuthChoice, Endpoints } from '../../shared/connections.ts'
import type { AppError } from '../../shared/errors.ts'
import type { Result } from '../../shared/result.ts'
import { looksMoved } from '../core/connections/decide-refresh.ts'
import type {
  Credentials,
  ExchangeConnector,
  ExchangeSession,
  NetworkOptions,
  SessionMemory,
} from '../core/connections/ports.ts'
import type { DirectoryAnswer, DirectorySource, PeoplePageAnswer } from '../core/people/ports.ts'
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
  /** Finds out how to reach the server: reads the password, starts the demo, looks a server that moved up again. */
  readonly prepare: PrepareLink
  readonly closing: AbortSignal
}

/** How to reach the server of an account, found out when it is wanted. `hasFailed`: it fails as if it had moved. */
export type PrepareLink = (why: {
  readonly hasFailed: boolean
  readonly signal: AbortSignal
}) => Promise<Result<LinkTarget>>

/** The way to one account's server: opened behind the library, opened again when a person asks for it. */
export interface ServerLink {
  /** Opens anew and signs in; the error, or null. */
  signIn(): Promise<AppError | null>
  /** Behind what is going on: looks the server up again where that is due, and moves to where it is now. */
  rediscover(): void
  /** Takes a session over that has signed in already. */
  adopt(session: ExchangeSession, at: Endpoints): void
  /** Waits for a sign-in that is under way, then asks. */
  readonly photos: PhotoSource
  /** Through the gate, like everything. */
  directory(priority: Priority): DirectorySource
  close(): Promise<void>
}

type DirectoryFailure = Extract<DirectoryAnswer, { kind: 'failed' }>

function notSpoken(operation: string): DirectoryFailure {
  return { kind: 'failed', error: { code: 'not-supported', feature: `${operation} of this server` } }
}

/** Makes a link that is not open yet. */
export function createServerLink({ connector, gate, log, prepare, closing }: ServerLinkOptions): ServerLink {
  let session: ExchangeSession | null = null
  let endpoints: Endpoints | null = null
  let rediscovering: Promise<void> | null = null
  let signingIn: Promise<AppError | null> | null = null
  /** Resolved when the link has been opened for the first time, or is closed. */
  const begun = Promise.withResolvers<void>()

  async function open(): Promise<AppError | null> {
    const target = await prepare({ hasFailed: false, signal: closing })
    const error = await openAt(target)
    if (error === null || !target.ok || !looksMoved(error)) return error
    const again = await prepare({ hasFailed: true, signal: closing })
    if (!again.ok) return again.error
    return isDeepStrictEqual(again.value.endpoints, target.value.endpoints) ? error : openAt(again)
  }

  async function openAt(target: Result<LinkTarget>): Promise<AppError | null> {
    const previous = session
    session = null
    await previous?.close()
    if (!target.ok) return target.error
    const { credentials, auth, network, memory } = target.value
    endpoints = target.value.endpoints
    const opened = connector.openSession(endpoints, credentials, auth, network, memory)
    session = opened
    const signedIn = await opened.signIn(closing)
    if (!signedIn.ok) return signedIn.error
    log.info('signed in', { scheme: signedIn.value.scheme })
    return null
  }

  async function lookAgain(): Promise<void> {
    const known = endpoints
    const target = await prepare({ hasFailed: true, signal: closing })
    if (closing.aborted || signingIn !== null) return
    if (!target.ok) gate.report(target.error)
    else if (known === null || !isDeepStrictEqual(target.value.endpoints, known)) await signIn()
  }

  function signIn(): Promise<AppError | null> {
    signingIn ??= signInOnce().finally(() => {
      signingIn = null
    })
    begun.resolve()
    return signingIn
  }

  function rediscover(): void {
    if (signingIn !== null || closing.aborted) return
    rediscovering ??= lookAgain().finally(() => {
      rediscovering = null
    })
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

  async function askDirectory<Answer extends DirectoryAnswer | PeoplePageAnswer>(
    priority: Priority,
    signal: AbortSignal,
    ask: (source: DirectorySource) => Promise<Answer | DirectoryFailure>,
  ): Promise<Answer | DirectoryFailure> {
    const ticket = gate.enter<Answer | DirectoryFailure>({
      priority,
      signal,
      work: async () => {
        const to = await ready()
        return 'code' in to ? { kind: 'failed', error: to } : ask(to.directory)
      },
      failureOf: (answer) => (answer.kind === 'failed' ? answer.error : null),
    })
    const outcome = await ticket.outcome
    if (outcome.kind === 'answered') {
      // Only a moved mailbox is told in an answer; a server that moved shows in the gate's health.
      if (outcome.value.kind === 'failed' && outcome.value.error.code === 'unexpected-answer') {
        if (looksMoved(outcome.value.error)) rediscover()
      }
      return outcome.value
    }
    return { kind: 'failed', error: outcome.kind === 'refused' ? outcome.error : { code: 'cancelled' } }
  }

  return {
    signIn,
    rediscover,
    adopt(opened, at) {
      session = opened
      endpoints = at
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
      findPeople: (text, offset, limit, signal) =>
        askDirectory<PeoplePageAnswer>(
          priority,
          signal,
          async (source) => source.findPeople?.(text, offset, limit, signal) ?? notSpoken('FindPeople'),
        ),
      listRoomLists: (signal) =>
        askDirectory<DirectoryAnswer>(
          priority,
          signal,
          async (source) => source.listRoomLists?.(signal) ?? notSpoken('GetRoomLists'),
        ),
      listRooms: (list, signal) =>
        askDirectory<DirectoryAnswer>(
          priority,
          signal,
          async (source) => source.listRooms?.(list, signal) ?? notSpoken('GetRooms'),
        ),
    }),
    async close() {
      begun.resolve()
      await rediscovering
      await signingIn
      await session?.close()
      session = null
    },
  }
}
