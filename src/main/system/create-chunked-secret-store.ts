import { createHash } from 'node:crypto'
import type { SecretStore } from '../core/connections/ports.ts'

/** The longest entry of the Windows Credential Manager, bytes (CRED_MAX_CREDENTIAL_BLOB_SIZE, wincred.h). */
const MAX_ENTRY_BYTES = 2_560

/** How an entry begins that only says where the parts are. No secret is ever kept under it as it is. */
const HEADER_MARK = 'rollcall-parts:1:'

/** Parts are written beside those in use: into the slot that the header does not name. */
type Slot = 'a' | 'b'

interface Header {
  readonly slot: Slot
  readonly parts: number
  /** SHA-256 of the whole secret: parts of two different ones are never taken for one. */
  readonly hash: string
}

/**
 * Keeps secrets of any length in a store whose entries are short: a long one lies in parts, and its own entry only says where.
 * That entry is what counts, and it is replaced in one step: after a crash there is the old secret or the new one. What a
 * crash left lying about is removed by the next write.
 * @param maxEntryBytes longest entry that the store takes, UTF-8 bytes
 */
export function createChunkedSecretStore(store: SecretStore, maxEntryBytes = MAX_ENTRY_BYTES): SecretStore {
  let last: Promise<unknown> = Promise.resolve()

  /** One change after the other: two that overlap would share a slot. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work)
    last = turn.catch(() => {})
    return turn
  }

  async function write(account: string, secret: string): Promise<void> {
    const before = readHeader(await store.read(account))
    if (Buffer.byteLength(secret) <= maxEntryBytes && !secret.startsWith(HEADER_MARK)) {
      await store.write(account, secret)
      await removeParts(store, account, 'a', 0)
      await removeParts(store, account, 'b', 0)
      return
    }
    const slot: Slot = before?.slot === 'a' ? 'b' : 'a'
    const parts = splitByBytes(secret, maxEntryBytes)
    for (const [at, part] of parts.entries()) await store.write(partName(account, slot, at), part)
    await store.write(account, writeHeader({ slot, parts: parts.length, hash: hashOf(secret) }))
    await removeParts(store, account, slot, parts.length)
    await removeParts(store, account, slot === 'a' ? 'b' : 'a', 0)
  }

  return {
    kind: store.kind,
    read: (account) => inTurn(() => read(store, account)),
    write: (account, secret) => inTurn(() => write(account, secret)),
    remove: (account) =>
      inTurn(async () => {
        await store.remove(account)
        await removeParts(store, account, 'a', 0)
        await removeParts(store, account, 'b', 0)
      }),
  }
}

/** The secret; null when there is none, or when its parts do not make one, as when another program removed some. */
async function read(store: SecretStore, account: string): Promise<string | null> {
  const entry = await store.read(account)
  const header = readHeader(entry)
  if (header === null) return entry
  const parts: string[] = []
  for (let at = 0; at < header.parts; at += 1) {
    const part = await store.read(partName(account, header.slot, at))
    if (part === null) return null
    parts.push(part)
  }
  const secret = parts.join('')
  return hashOf(secret) === header.hash ? secret : null
}

/** Removes a slot's parts from this one on; from the last to the first, so that a crash leaves no gap to stop at. */
async function removeParts(store: SecretStore, account: string, slot: Slot, from: number): Promise<void> {
  let end = from
  while ((await store.read(partName(account, slot, end))) !== null) end += 1
  for (let at = end - 1; at >= from; at -= 1) await store.remove(partName(account, slot, at))
}

function partName(account: string, slot: Slot, at: number): string {
  return `${account}#${slot}${at}`
}

function writeHeader({ slot, parts, hash }: Header): string {
  return `${HEADER_MARK}${slot}:${parts}:${hash}`
}

function readHeader(entry: string | null): Header | null {
  if (entry === null || !entry.startsWith(HEADER_MARK)) return null
  const [, slot, parts, hash] = /^([ab]):(\d{1,6}):([0-9a-f]{64})$/.exec(entry.slice(HEADER_MARK.length)) ?? []
  if (slot === undefined || parts === undefined || hash === undefined) return null
  return { slot: slot === 'a' ? 'a' : 'b', parts: Number(parts), hash }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Parts of at most so many UTF-8 bytes; no character is cut. */
function splitByBytes(text: string, maxBytes: number): string[] {
  const parts: string[] = []
  let part = ''
  let bytes = 0
  for (const character of text) {
    const more = Buffer.byteLength(character)
    if (bytes + more > maxBytes) {
      parts.push(part)
      part = ''
      bytes = 0
    }
    part += character
    bytes += more
  }
  return [...parts, part]
}
