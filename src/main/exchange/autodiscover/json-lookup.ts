import { z } from 'zod'
import { type AutodiscoverReading, NOTHING_TOLD, toReading } from './autodiscover-reading.ts'

/** Exchange Online speaks this and everything older. */
const ONLINE_VERSION = 'Exchange2016'

/**
 * Reads an answer of the JSON lookup. Names are compared without regard to case.
 * @see protocol.md 2.5
 */
export function readJsonLookup(text: string): AutodiscoverReading {
  const answer = parse(text)
  if (answer === null) return { kind: 'nothing-here', detail: 'Its answer is not JSON.' }
  const code = answer.get('errorcode')
  if (code !== undefined) {
    const isCode = /^[A-Za-z_]{1,60}$/.test(code)
    return { kind: 'nothing-here', detail: isCode ? `It says ${code}.` : 'It says an unknown error.' }
  }
  if (answer.get('protocol')?.toUpperCase() !== 'EWS') {
    return { kind: 'nothing-here', detail: 'It answers for another protocol.' }
  }
  const external = { ewsUrl: answer.get('url') ?? '', photosUrl: '' }
  return toReading({ ...NOTHING_TOLD, external, supportedSchemas: ONLINE_VERSION })
}

const answerSchema = z.record(z.string(), z.unknown())

/** The texts of a flat object, by their names in lower case. */
function parse(text: string): Map<string, string> | null {
  try {
    const parsed = answerSchema.safeParse(JSON.parse(text))
    if (!parsed.success) return null
    return new Map(
      Object.entries(parsed.data).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name.toLowerCase(), value] as const] : [],
      ),
    )
  } catch {
    return null
  }
}
