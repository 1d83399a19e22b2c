import type { X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'
import tls from 'node:tls'
import type { CertificateFacts } from '../../../shared/certificate-facts.ts'
import type { StepEvidence } from '../../../shared/connections.ts'
import { peerCertificateOf } from './peer-certificate.ts'
import { readChallenges } from './read-challenges.ts'
import { type HttpReply, headerOf } from './reply.ts'

/** Headers that say which machine and version answered. No other is ever told (protocol.md 5). */
const TOLD_HEADERS = [
  'server',
  'x-owa-version',
  'x-feserver',
  'x-beserver',
  'x-calculatedbetarget',
  'x-diaginfo',
  'x-backendhttpstatus',
  'x-caserrorcode',
  'request-id',
]

/** A header's value is cut at this length; a certificate's names are told up to this number. */
const MAX_VALUE_LENGTH = 120
const MAX_NAMES = 20

/** Reads what the wire showed: the socket, and of the answer the offered schemes and the harmless headers. */
export function readEvidence(socket: Socket | null, reply: HttpReply | null, requestId?: string): StepEvidence {
  const secure = socket instanceof tls.TLSSocket ? socket : null
  const certificate = secure === null ? null : peerCertificateOf(secure)
  return {
    resolvedAddress: socket?.remoteAddress ?? null,
    tlsVersion: secure?.getProtocol() ?? null,
    certificate: certificate === null ? null : readCertificate(certificate),
    offeredSchemes: reply === null ? [] : [...new Set(readChallenges(reply).map(({ scheme }) => scheme))],
    serverHeaders: reply === null ? [] : readHeaders(reply),
    ...(requestId !== undefined && { requestId }),
  }
}

/** A certificate's facts, as a person can compare them. */
export function readCertificate(certificate: X509Certificate): CertificateFacts {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: readNames(certificate.subjectAltName ?? ''),
    validFromMs: Date.parse(certificate.validFrom),
    validToMs: Date.parse(certificate.validTo),
    sha256: certificate.fingerprint256,
  }
}

/** Several answers of one step become one: what the last of them showed, but every scheme that was offered. */
export function mergeEvidence(before: StepEvidence | null, after: StepEvidence): StepEvidence {
  if (before === null) return after
  const requestId = after.requestId ?? before.requestId
  return {
    resolvedAddress: after.resolvedAddress ?? before.resolvedAddress,
    tlsVersion: after.tlsVersion ?? before.tlsVersion,
    certificate: after.certificate ?? before.certificate,
    offeredSchemes: [...new Set([...before.offeredSchemes, ...after.offeredSchemes])],
    serverHeaders: after.serverHeaders.length > 0 ? after.serverHeaders : before.serverHeaders,
    ...(requestId !== undefined && { requestId }),
  }
}

function readHeaders(reply: HttpReply): StepEvidence['serverHeaders'] {
  return TOLD_HEADERS.flatMap((name) => {
    const value = headerOf(reply, name)
    return value === null ? [] : [{ name, value: printable(value) }]
  })
}

function readNames(subjectAltName: string): string[] {
  return [...subjectAltName.matchAll(/(?:DNS|IP Address):("(?:[^"\\]|\\.)*"|[^,]+)/g)]
    .map(([, name = '']) => printable(name))
    .slice(0, MAX_NAMES)
}

/** `CN=mail.example.org\nO=Example` in one line. */
function oneLine(name: string): string {
  return printable(name.split('\n').join(', '))
}

/** What comes from a server is told without control characters, and not at any length. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').slice(0, MAX_VALUE_LENGTH)
}

/** Gathers what a sign-in shows. After `finish` nothing more is read, so that a session which lives on does not pay for it. */
export function collectEvidence(): {
  readonly observe: (read: () => StepEvidence) => void
  finish(): StepEvidence | null
} {
  let seen: StepEvidence | null = null
  let isOver = false
  return {
    observe(read) {
      if (!isOver) seen = mergeEvidence(seen, read())
    },
    finish() {
      isOver = true
      return seen
    },
  }
}
