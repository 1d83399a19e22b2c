import type { CertificateFacts } from './certificate-facts.ts'
import type { ConnectionStep, StepEvidence } from './connections.ts'

/** What the connection doctor says, as plain text for a mail to the administrator: a paragraph a step. */
export function describeSteps(steps: readonly ConnectionStep[]): string {
  return steps.map(describeStep).join('\n')
}

/** One step as plain text: a line, and indented lines with what is known. */
export function describeStep({
  name,
  url,
  status,
  durationMs,
  outcome,
  detail,
  advice,
  evidence,
}: ConnectionStep): string {
  const answer = status === null ? '' : `, HTTP ${status}`
  const known = [detail, ...(evidence === undefined ? [] : describeEvidence(evidence))]
  if (advice !== undefined) known.push(`What to do: ${advice}`)
  return [`${name}: ${url}: ${outcome}${answer}, ${Math.round(durationMs)} ms`, ...known].join('\n    ')
}

function describeEvidence(evidence: StepEvidence): string[] {
  const { resolvedAddress, tlsVersion, certificate, offeredSchemes, serverHeaders, requestId } = evidence
  return [
    ...(resolvedAddress === null
      ? []
      : [`Connected to: ${resolvedAddress}${tlsVersion === null ? '' : `, ${tlsVersion}`}`]),
    ...(certificate === null ? [] : describeCertificate(certificate)),
    ...(offeredSchemes.length === 0 ? [] : [`Sign-in offered: ${offeredSchemes.join(', ')}`]),
    ...(requestId === undefined ? [] : [`client-request-id: ${requestId}`]),
    ...serverHeaders.map(({ name, value }) => `${name}: ${value}`),
  ]
}

/** A certificate in lines. */
export function describeCertificate(certificate: CertificateFacts): string[] {
  const { subject, issuer, names, validFromMs, validToMs, sha256 } = certificate
  return [
    `Certificate: ${subject}, issued by ${issuer}`,
    `Certificate names: ${names.join(', ')}`,
    `Certificate valid: ${toDay(validFromMs)} to ${toDay(validToMs)}`,
    `Certificate SHA-256: ${sha256}`,
  ]
}

/** A day in UTC, as ISO 8601 writes it. */
function toDay(ms: number): string {
  return Number.isNaN(new Date(ms).getTime()) ? 'unknown' : new Date(ms).toISOString().slice(0, 10)
}
