import type { IncomingMessage } from 'node:http'
import { z } from 'zod'

const MAX_BODY_BYTES = 1_000
const bodySchema = z.strictObject({ key: z.string().max(100) })

/** Reads the one-time key from a JSON body; null where there is none in it. The rest of too long a body is not read. */
export async function readKey(request: IncomingMessage): Promise<string | null> {
  if (request.headers['content-type']?.split(';', 1)[0]?.trim() !== 'application/json') return null
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MAX_BODY_BYTES) return null
    chunks.push(chunk)
  }
  const body = bodySchema.safeParse(parseJson(Buffer.concat(chunks).toString('utf8')))
  return body.success ? body.data.key : null
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
