/** Names of the attribute-value pairs that matter here. @see MS-NLMP 2.2.2.1 */
export const AV = { endOfList: 0, flags: 6, timestamp: 7, targetName: 9, channelBindings: 10 } as const

/** One attribute-value pair of a TargetInfo field. */
export interface AvPair {
  readonly id: number
  readonly value: Uint8Array
}

/** Reads a TargetInfo field up to its end mark; null when it does not hold together. */
export function readAvPairs(bytes: Uint8Array): AvPair[] | null {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const pairs: AvPair[] = []
  for (let at = 0; at + 4 <= view.length; ) {
    const id = view.readUInt16LE(at)
    const length = view.readUInt16LE(at + 2)
    if (id === AV.endOfList) return pairs
    if (at + 4 + length > view.length) return null
    pairs.push({ id, value: view.subarray(at + 4, at + 4 + length) })
    at += 4 + length
  }
  return null
}

/** Writes a TargetInfo field with its end mark. */
export function writeAvPairs(pairs: readonly AvPair[]): Buffer {
  const parts = [...pairs, { id: AV.endOfList, value: new Uint8Array() }].map(({ id, value }) => {
    const head = Buffer.alloc(4)
    head.writeUInt16LE(id, 0)
    head.writeUInt16LE(value.length, 2)
    return Buffer.concat([head, value])
  })
  return Buffer.concat(parts)
}
