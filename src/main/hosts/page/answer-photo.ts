import { photoUrlQuerySchema } from '../../../shared/photo-url.ts'
import type { EngineHandle, PhotoReply } from '../../engine/host-ports.ts'
import { SAFE_HEADERS } from './page-files.ts'

/** Answers a photo's address on any host: 400 where its parameters are not a photo's, else what the engine says. */
export async function answerPhoto(
  engine: Pick<EngineHandle, 'servePhoto'>,
  params: URLSearchParams,
  signal: AbortSignal,
): Promise<PhotoReply> {
  const query = photoUrlQuerySchema.safeParse(Object.fromEntries(params))
  if (!query.success) return { status: 400, headers: { ...SAFE_HEADERS, 'Cache-Control': 'no-store' }, body: null }
  const reply = await engine.servePhoto(query.data, signal)
  return { ...reply, headers: { ...SAFE_HEADERS, ...reply.headers } }
}
