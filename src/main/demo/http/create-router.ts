import { createHash } from 'node:crypto'
import { answerPox } from '../autodiscover/answer-pox.ts'
import { answerSettings } from '../autodiscover/answer-settings.ts'
import { userSettings } from '../autodiscover/user-settings.ts'
import type { DemoPhotoRefusal } from '../demo-types.ts'
import { answerEws, describeEws } from '../ews/answer-ews.ts'
import { answerPhoto, describePhoto } from '../ews/answer-photo.ts'
import type { EwsWorld } from '../ews/ews-operation.ts'
import { DEMO_DOMAIN } from '../organisation/company.ts'
import { type Answer, emptyAnswer, type Question, type Router } from './answers.ts'
import type { Faults } from './create-faults.ts'

const GARBAGE_BYTES = 3_000
const SIGN_IN_PAGE =
  '<!DOCTYPE html><html><head><title>Sign in</title></head><body><form method="post"></form></body></html>'

/** Bytes that are no picture, the same each time. */
function garbage(address: string): Buffer {
  const block = createHash('sha512').update(`garbage/${address}`).digest()
  return Buffer.concat(Array.from({ length: Math.ceil(GARBAGE_BYTES / block.length) }, () => block)).subarray(
    0,
    GARBAGE_BYTES,
  )
}

/** As an Exchange answers whose photo service is off, or a proxy that lets only SOAP through. */
function refusePhoto(question: Question, refusal: DemoPhotoRefusal): Answer {
  const about = describePhoto(question)
  if (refusal === 'owa') return { ...emptyAnswer(about.operation, 302, { location: '/owa/auth/logon.aspx' }), ...about }
  if (typeof refusal === 'number') return { ...emptyAnswer(about.operation, refusal), ...about }
  return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: SIGN_IN_PAGE, ...about }
}

async function photoOrGarbage(question: Question, world: EwsWorld, faults: Faults): Promise<Answer> {
  if (faults.photoRefusal !== null) return refusePhoto(question, faults.photoRefusal)
  const answer = await answerPhoto(question, world.photos)
  const kind = faults.garbageFor(answer.address ?? '')
  if (kind === null || answer.status === 400) return answer
  const body = kind === 'html' ? SIGN_IN_PAGE : garbage(answer.address ?? '')
  const contentType = kind === 'html' ? 'text/html; charset=utf-8' : 'image/jpeg'
  return { ...answer, status: 200, headers: { 'content-type': contentType }, body }
}

/** Paths are compared without regard to case, as IIS does. The bare domain is the company's web site: nothing of ours. */
export function createRouter(world: EwsWorld, faults: Faults): Router {
  const find = (address: string) => world.find(address)
  return (question, host) => {
    if (host === DEMO_DOMAIN) return null
    switch (question.url.pathname.toLowerCase()) {
      case '/ews/exchange.asmx':
        return { describe: () => describeEws(question), respond: (caller) => answerEws(question, world, caller) }
      case '/ews/exchange.asmx/s/getuserphoto':
        return { describe: () => describePhoto(question), respond: () => photoOrGarbage(question, world, faults) }
      case '/autodiscover/autodiscover.svc':
        return {
          describe: () => ({ operation: 'GetUserSettings' }),
          respond: () => answerSettings(question, find, userSettings),
        }
      case '/autodiscover/autodiscover.xml':
        return { describe: () => ({ operation: 'Autodiscover' }), respond: () => answerPox(question, find) }
      default:
        return null
    }
  }
}
