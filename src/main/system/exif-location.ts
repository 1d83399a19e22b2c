/** The tag in the first directory that points to the GPS directory (Exif 2.32, 4.6.3). */
const GPS_POINTER_TAG = 0x8825

/** GPSLatitude, GPSLongitude and the area's name: what gives a place away. A GPS clock alone does not. */
const PLACE_TAGS: ReadonlySet<number> = new Set([0x0002, 0x0004, 0x001c])

/** Bytes of one directory entry: tag, type, count, value (TIFF 6.0, section 2). */
const ENTRY_BYTES = 12

/**
 * Whether an Exif block holds a place. Hostile input: every offset is checked, nothing is followed twice.
 * @param exif the block, with or without the leading `Exif\0\0`
 * @see Exif 2.32, 4.6.6 GPS attribute information
 */
export function hasExifLocation(exif: Uint8Array): boolean {
  const tiff = withoutPrefix(exif)
  const isLittleEndian = tiff.byteLength >= 8 && tiff.getUint16(0) === 0x4949
  if (!isLittleEndian && (tiff.byteLength < 8 || tiff.getUint16(0) !== 0x4d4d)) return false
  const pointers = readEntries(tiff, tiff.getUint32(4, isLittleEndian), isLittleEndian)
  const gps = pointers.find((entry) => entry.tag === GPS_POINTER_TAG)
  return gps !== undefined && readEntries(tiff, gps.value, isLittleEndian).some((entry) => PLACE_TAGS.has(entry.tag))
}

function withoutPrefix(exif: Uint8Array): DataView {
  const isPrefixed = exif[0] === 0x45 && exif[1] === 0x78 && exif[2] === 0x69 && exif[3] === 0x66
  const start = isPrefixed ? Math.min(6, exif.byteLength) : 0
  return new DataView(exif.buffer, exif.byteOffset + start, exif.byteLength - start)
}

/** The entries of the directory at `offset`; none when it does not lie inside the block. */
function readEntries(tiff: DataView, offset: number, isLittleEndian: boolean): { tag: number; value: number }[] {
  if (offset + 2 > tiff.byteLength) return []
  const fitting = Math.floor((tiff.byteLength - offset - 2) / ENTRY_BYTES)
  const count = Math.min(tiff.getUint16(offset, isLittleEndian), fitting)
  return Array.from({ length: count }, (_, index) => {
    const entry = offset + 2 + index * ENTRY_BYTES
    return { tag: tiff.getUint16(entry, isLittleEndian), value: tiff.getUint32(entry + 8, isLittleEndian) }
  })
}
