import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { PhotoChange } from '../../src/main/core/photos/ports.ts'
import { type Library, openLibrary } from '../../src/main/store/open-library.ts'
import { contentHash } from '../../src/main/system/content-hash.ts'
import { collectingLog } from './collecting-log.ts'
import { address } from './people.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Opens a library on a real file, and closes it when the test ends. Without `file` it is a new one. */
export function openTestLibrary(
  file = join(temporaryFolder(), 'library.sqlite'),
  key: Uint8Array | null = null,
): Library & { file: string } {
  const opened = openLibrary(file, { log: collectingLog(), key })
  if (!opened.ok) throw new Error(JSON.stringify(opened.error))
  onTestFinished(opened.value.close)
  return { ...opened.value, file }
}

/** Where and when a change of a test happened. */
export const ASKED = {
  address: address('anna.berg@fjordline.example'),
  sizeCode: 'HR96x96',
  askedUrl:
    'https://mail.fjordline.example/EWS/Exchange.asmx/s/GetUserPhoto?email=anna.berg%40fjordline.example&size=HR96x96',
} as const

/** The answer "a photo": its bytes are a text. */
export function photoChange(text: string, atMs: number, more: Partial<PhotoChange> = {}): PhotoChange {
  const bytes = Buffer.from(text)
  const facts = { format: 'jpeg', widthPx: 96, heightPx: 90, isDecodable: true, hasLocation: false } as const
  return {
    ...ASKED,
    atMs,
    kind: 'photo',
    picture: { contentHash: contentHash(bytes), bytes, facts },
    etag: `"${text}"`,
    contentType: 'image/jpeg',
    freshUntilMs: null,
    ...more,
  } as PhotoChange
}
