import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { nameRefusal } from '../http/name-refusal.ts'
import { readBackOffMs } from '../http/read-retry-after.ts'
import { type HttpReply, textOf } from '../http/reply.ts'
import { childOf, childText, findElement, parseXml, type XmlElement } from './parse-xml.ts'

/** An answer of EWS with what is needed to judge it. `subject`: whom the question was about, where it was a person. */
export interface EwsContext {
  readonly reply: HttpReply
  readonly url: URL
  readonly nowMs: number
  readonly subject: string | null
}

/** Every name under which Exchange says "too much" (protocol.md 5). */
const BUSY_CODES = new Set(['ErrorServerBusy', 'ErrorTooManyObjectsOpened', 'ErrorExceededConnectionCount'])

/** The entry is not served here: neither "no photo" nor a failure of the server. */
const NOT_HERE_CODES = new Set([
  'ErrorNonExistentMailbox',
  'ErrorMailboxMoveInProgress',
  'ErrorMailboxStoreUnavailable',
  'ErrorMailboxConfiguration',
])

/**
 * Finds the response message of an answer, or names what is wrong with it: faults with HTTP 500, errors with HTTP 200.
 * @param messageName local name of the response message, such as `ResolveNamesResponseMessage`
 * @param resultCodes response codes that are results
 */
export function readEwsAnswer(
  context: EwsContext,
  messageName: string,
  resultCodes: readonly string[],
): Result<XmlElement> {
  const { reply, url, nowMs } = context
  if (reply.status !== 200 && reply.status !== 500) return fail(nameRefusal(reply, url, nowMs))
  const document = parseXml(textOf(reply))
  if (document === null) return fail(unexpected(context, describeBody(reply)))
  const fault = nameFault(document, context)
  if (fault !== null) return fail(fault)
  const message = findElement(document, messageName)
  if (message === null) return fail(unexpected(context, 'the answer belongs to another question'))
  const code = childText(message, 'ResponseCode')
  if (resultCodes.includes(code)) return ok(message)
  return fail(nameResponseCode(code, findElement(message, 'MessageXml'), context))
}

/** Names the SOAP fault of an answer; null when it holds none. The EWS code is in the detail, not in faultcode. */
export function nameFault(document: XmlElement, context: EwsContext): AppError | null {
  const fault = findElement(document, 'Fault')
  if (fault === null) return null
  const detail = childOf(fault, 'detail')
  const code = findElement(detail, 'ResponseCode')?.text.trim() || childText(fault, 'faultcode').replace(/^.*:/, '')
  return nameResponseCode(code, findElement(detail, 'MessageXml'), context)
}

function nameResponseCode(code: string, messageXml: XmlElement | null, context: EwsContext): AppError {
  const endpoint = context.url.origin
  const value = (name: string) =>
    messageXml?.children.find((child) => child.attributes['Name'] === name)?.text.trim() ?? ''
  if (BUSY_CODES.has(code) || value('InnerErrorResponseCode') === 'ErrorServerBusy') {
    return { code: 'throttled', endpoint, retryAfterMs: readBackOffMs(value('BackOffMilliseconds')) }
  }
  if (code === 'ErrorAccessDenied') return { code: 'forbidden', endpoint }
  if (NOT_HERE_CODES.has(code) && context.subject !== null) return { code: 'unknown-person', address: context.subject }
  return unexpected(context, /^[A-Za-z]{1,80}$/.test(code) ? `Exchange says ${code}` : 'an error without a known name')
}

function unexpected(context: EwsContext, detail: string): AppError {
  return { code: 'unexpected-answer', endpoint: context.url.origin, status: context.reply.status, detail }
}

/** Says what came in place of XML, without quoting it. */
function describeBody(reply: HttpReply): string {
  const start = textOf({ ...reply, body: reply.body.subarray(0, 512) }).trimStart()
  if (start === '') return 'an empty body'
  return /^<(!doctype html|html)/i.test(start) ? 'a web page in place of an answer' : 'a body that is not XML'
}
