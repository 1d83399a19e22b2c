import { expect, it } from 'vitest'
import { decodeText } from '../../../src/renderer/features/scopes/read-text-file.ts'

it.each([
  ['UTF-8', [0xc3, 0x85, 0x73]],
  ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, 0xc3, 0x85, 0x73]],
  ['UTF-16, little end first', [0xff, 0xfe, 0xc5, 0x00, 0x73, 0x00]],
  ['UTF-16, big end first', [0xfe, 0xff, 0x00, 0xc5, 0x00, 0x73]],
  ['Windows-1252', [0xc5, 0x73]],
])('reads a list in %s', (_, bytes) => {
  expect(decodeText(Uint8Array.from(bytes))).toBe('Ås')
})
