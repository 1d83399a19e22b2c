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
  /** Told of a way that there is no doubt about, to be kept. */
  readonly onLearnt: (route: PhotoRoute) => void
  readonly nowMs: () => number
}

/** How long a way is used that was taken because a better one gave pages or redirects (ms): they may have been of the moment. */
const DOUBTFUL_MS = 3_600_000

/** The way in use. `isSure`: every better one was refused outright, or there is none. */
interface Choice {
  readonly way: PhotoWay
  readonly isSure: boolean
  readonly atMs: number
}

/**
 * Asks for photos by the best way that the server has: its photos URL, the EWS URL, SOAP. Which one that is, is found out
 * once. A way that is refused outright is left at once, for good. One that gives a page or a redirect may have that for this
 * one person only: it is left when a mailbox that is not there gets the same, for an hour, and is not kept: the page may have
 * been of the moment.
 * @see protocol.md 1.1, 1.2, 1.4
 */
export function createPhotoSource({ ways, known, onLearnt, nowMs }: PhotoSourceOptions): PhotoSource {
  const first = ways.find((way) => way.route === known) ?? (ways.length === 1 ? (ways[0] ?? null) : null)
  let chosen: Choice | null = first === null ? null : { way: first, isSure: true, atMs: nowMs() }
  let kept: PhotoRoute | null = first?.route ?? null
  let learning: Promise<unknown> | null = null

  function choose(way: PhotoWay, isSure: boolean): void {
    chosen = { way, isSure, atMs: nowMs() }
    if (!isSure || kept === way.route) return
    kept = way.route
    onLearnt(way.route)
  }

  /** `closed` and `doubtful` mean everybody, and not only the person whose answer is doubtful. */
  async function judge(way: PhotoWay, question: PhotoQuestion, answer: PhotoAnswer) {
    const verdict = judgeRoute(answer)
    if (verdict !== 'doubtful') return verdict
    const nobody = { ...question, address: nobodyBeside(question.address), etag: null }
    return judgeRoute(await way.ask(nobody))
  }

  async function learn(question: PhotoQuestion): Promise<PhotoAnswer> {
    let firstAnswer: PhotoAnswer | null = null
    let isSure = true
    for (const way of ways) {
      const answer = await way.ask(question)
      if (judgeRoute(answer) === 'open') {
        // Neither a failure of the network nor a "busy" says anything about the way.
        if (answer.kind !== 'failed') choose(way, isSure)
        return answer
      }
      firstAnswer ??= answer
      const verdict = await judge(way, question, answer)
      if (verdict === 'open') {
        choose(way, isSure)
        return answer
      }
      if (verdict === 'doubtful') isSure = false
    }
    if (firstAnswer === null) throw new Error('there is no way to ask for a photo')
    return firstAnswer
  }

  /** One question at a time finds the way, so that the server is tried once. */
  function learnWith(question: PhotoQuestion): Promise<PhotoAnswer> {
    const asked = learn(question)
    learning ??= asked
      .catch(() => null)
      .finally(() => {
        learning = null
      })
    return asked
  }

  return {
    async fetchPhoto(question) {
      const isDue = chosen?.isSure === false && nowMs() - chosen.atMs >= DOUBTFUL_MS && learning === null
      if (chosen !== null && !isDue) return chosen.way.ask(question)
      // The first question finds the way; those that come meanwhile wait for it.
      if (learning !== null) {
        await learning
        if (chosen !== null) return (chosen as Choice).way.ask(question)
      }
      return learnWith(question)
    },
  }
}
