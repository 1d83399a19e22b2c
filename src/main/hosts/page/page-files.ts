import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { contentSecurityPolicy, createNonce, type PageSources } from './content-security-policy.ts'

/** What index.html holds in the place of the nonce. */
const NONCE_PLACEHOLDER = '__CSP_NONCE__'
const INDEX = '/index.html'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Headers of everything that a host serves, refusals included. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'X-Frame-Options': 'DENY',
}

/** One file of the page, ready to be sent. */
export interface PageAnswer {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array<ArrayBuffer>
}

/** The files of the built page. */
export interface PageFiles {
  /**
   * Answers a path such as `/` or `/assets/main-1a2b.js`; null where there is no such file. Every answer of index.html has
   * a nonce of its own.
   */
  read(path: string, sources: PageSources): PageAnswer | null
}

/**
 * Reads the folder of the built page once, so that a page is always of one build, and no path from outside reaches the file
 * system: what is asked for is compared with the names that were found.
 * @throws when the folder has no index.html: the page was not built
 */
export async function openPageFiles(pageDir: string): Promise<PageFiles> {
  const files = await readFiles(pageDir)
  if (!files.has(INDEX)) throw new Error('The page has not been built: its folder has no index.html.')
  return {
    read(path, sources) {
      const name = path === '/' ? INDEX : path
      const bytes = files.get(name)
      if (bytes === undefined) return null
      return name === INDEX ? answerIndex(bytes, sources) : answerFile(name, bytes)
    },
  }
}

async function readFiles(pageDir: string): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const entries = await readdir(pageDir, { recursive: true, withFileTypes: true }).catch(() => [])
  const served = entries.filter((entry) => entry.isFile() && mediaTypeOf(entry.name) !== undefined)
  const read = served.map(async (entry) => {
    const file = join(entry.parentPath, entry.name)
    return [`/${relative(pageDir, file).split(sep).join('/')}`, new Uint8Array(await readFile(file))] as const
  })
  return new Map(await Promise.all(read))
}

function mediaTypeOf(name: string): string | undefined {
  return MEDIA_TYPES[extname(name)]
}

function answerIndex(bytes: Uint8Array, sources: PageSources): PageAnswer {
  const nonce = createNonce()
  const html = new TextDecoder().decode(bytes).replaceAll(NONCE_PLACEHOLDER, nonce)
  return {
    headers: {
      ...SAFE_HEADERS,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': contentSecurityPolicy(nonce, sources),
      'Cache-Control': 'no-store',
    },
    body: new TextEncoder().encode(html),
  }
}

function answerFile(name: string, body: Uint8Array<ArrayBuffer>): PageAnswer {
  // The build puts a hash of the content into the names in this folder.
  const isHashed = name.startsWith('/assets/')
  return {
    headers: {
      ...SAFE_HEADERS,
      'Content-Type': mediaTypeOf(name) ?? 'application/octet-stream',
      'Cache-Control': isHashed ? 'private, max-age=31536000, immutable' : 'no-cache',
    },
    body,
  }
}
