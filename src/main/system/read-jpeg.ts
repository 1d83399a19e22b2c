/** What the markers of a JPEG tell. */
export interface JpegStructure {
  /** Null when there is no frame header. */
  readonly frame: { readonly widthPx: number; readonly heightPx: number } | null
  /** The frame is one of the three kinds that every viewer decodes: baseline, extended, progressive. */
  readonly isCommonFrame: boolean
  /** Quantisation, Huffman tables, a scan with data, and the end marker are all there: nothing is cut off. */
  readonly isWhole: boolean
  /** The payload of the first Exif segment. */
  readonly exif: Uint8Array | null
}

const SOF0 = 0xc0
const SOF2 = 0xc2
const DHT = 0xc4
const JPG = 0xc8
const DAC = 0xcc
const SOF15 = 0xcf
const EOI = 0xd9
const SOS = 0xda
const DQT = 0xdb
const APP1 = 0xe1

/**
 * Reads the markers of a JPEG without decoding it: some 20 microseconds where a decoder needs milliseconds. What a truncated
 * download lacks is the end marker, which is also all that libjpeg goes by.
 * @see ITU-T T.81, Annex B
 */
export function readJpeg(bytes: Uint8Array): JpegStructure {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const seen = new Set<number>()
  let frame: JpegStructure['frame'] = null
  let isCommonFrame = false
  let exif: Uint8Array | null = null
  let isEnded = false
  for (const { marker, payload } of markersOf(data)) {
    seen.add(marker)
    if (marker === EOI) isEnded = true
    if (isFrame(marker) && payload.length >= 6 && frame === null) {
      frame = { heightPx: payload.readUInt16BE(1), widthPx: payload.readUInt16BE(3) }
      isCommonFrame = marker <= SOF2
    }
    if (marker === APP1 && exif === null && payload.toString('latin1', 0, 6) === 'Exif\0\0') exif = payload
  }
  const isWhole = isEnded && frame !== null && [DQT, DHT, SOS].every((marker) => seen.has(marker))
  return { frame, isCommonFrame, isWhole, exif }
}

function isFrame(marker: number): boolean {
  return marker >= SOF0 && marker <= SOF15 && marker !== DHT && marker !== JPG && marker !== DAC
}

/** The segments in order, up to the end marker or to where the structure breaks off. */
function* markersOf(data: Buffer): Generator<{ marker: number; payload: Buffer }> {
  let position = 2
  while (position + 1 < data.length) {
    if (data[position] !== 0xff) return
    const marker = data[position + 1] ?? 0
    if (marker === 0xff) {
      position += 1
      continue
    }
    if (marker === EOI) {
      yield { marker, payload: data.subarray(0, 0) }
      return
    }
    if (position + 4 > data.length) return
    const length = data.readUInt16BE(position + 2)
    const end = position + 2 + length
    if (length < 2 || end > data.length) return
    yield { marker, payload: data.subarray(position + 4, end) }
    position = marker === SOS ? endOfScan(data, end) : end
  }
}

/** Where the marker after a scan's data stands; in the data FF is followed by 00, or by a restart marker (D0 to D7). */
function endOfScan(data: Buffer, start: number): number {
  let position = data.indexOf(0xff, start)
  while (position !== -1 && position + 1 < data.length) {
    const next = data[position + 1] ?? 0
    const isData = next === 0x00 || (next >= 0xd0 && next <= 0xd7)
    if (!isData) return position
    position = data.indexOf(0xff, position + 2)
  }
  return data.length
}
