import type { PhotoRoute } from '../../shared/connections.ts'
import { domainOf, type SmtpAddress, smtpAddressSchema } from '../../shared/smtp-address.ts'
import type { PhotoAnswer, PhotoQuestion, PhotoSource } from '../core/photos/ports.ts'
import { judgeRoute } from './judge-photo-route.ts'

/** An address that nobody has: a photo service answers it with "none". */
function nobodyBeside(mailbox: SmtpAddress): SmtpAddress {
  return smtpAddressSchema.parse(`rollcall-looks-for-nobody@${domainOf(mailbox)}`)
}

/** A way to ask for a photo. */
export interface PhotoWay {
  readonly route: PhotoRoute
  ask(question: PhotoQuestion): Promise<PhotoAnswer>
}

export interface PhotoSourceOptions {
  /** The best first; at least one. */
  readonly ways: readonly PhotoWay[]
  /** The way that this server took the last time; null: not known yet. */
  readonly known: PhotoRoute | null
  readonly onLearnt: (route: PhotoRoute) => void
}

/**
 * Asks for photos by the best way that the server has: its photos URL, the EWS URL, SOAP. Which one that is, is found out
 * once. A way that is refused outright is left at once. One that gives a page or a redirect may have that for this one person
 * only: it is left when a mailbox that is not there gets the same.
 * @see protocol.md 1.1, 1.2, 1.4
 */
export function createPhotoSource({ ways, known, onLearnt }: PhotoSourceOptions): PhotoSource {
  let chosen: PhotoWay | null =
    ways.find((way) => way.route === known) ?? (ways.length === 1 ? (ways[0] ?? null) : null)
  let learning: Promise<unknown> | null = null

  function choose(way: PhotoWay): void {
    if (chosen === way) return
    chosen = way
    onLearnt(way.route)
  }

  /** Whether a way is closed for everybody, and not only for the person whose answer is doubtful. */
  async function isClosed(way: PhotoWay, question: PhotoQuestion, answer: PhotoAnswer): Promise<boolean> {
    const verdict = judgeRoute(answer)
    if (verdict !== 'doubtful') return verdict === 'closed'
    return judgeRoute(await way.ask({ ...question, address: nobodyBeside(question.address), etag: null })) !== 'open'
  }

  async function learn(question: PhotoQuestion): Promise<PhotoAnswer> {
    let first: PhotoAnswer | null = null
    for (const way of ways) {
      const answer = await way.ask(question)
      if (judgeRoute(answer) === 'open') {
        // Neither a failure of the network nor a "busy" says anything about the way.
        if (answer.kind !== 'failed') choose(way)
        return answer
      }
      first ??= answer
      if (!(await isClosed(way, question, answer))) {
        choose(way)
        return answer
      }
    }
    if (first === null) throw new Error('there is no way to ask for a photo')
    return first
  }

  return {
    async fetchPhoto(question) {
      if (chosen !== null) return chosen.ask(question)
      // The first question finds the way; those that come meanwhile wait for it, so that the server is tried once.
      if (learning !== null) {
        await learning
        if (chosen !== null) return (chosen as PhotoWay).ask(question)
      }
      const asked = learn(question)
      learning ??= asked.catch(() => null)
      return asked
    },
  }
}
