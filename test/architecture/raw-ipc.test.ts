import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')
/** The only two files that hand a port over; everything else speaks the contract. */
const MAY_USE_RAW_IPC = [/^src\/preload\//, /^src\/main\/hosts\/electron\//]
const RAW_IPC = /\bipc(Main|Renderer)\b/

it('uses raw ipcMain and ipcRenderer in at most one file of the desktop host and one of the preload', () => {
  const files = sourceFiles().filter((file) => RAW_IPC.test(withoutComments(readFileSync(join(ROOT, file), 'utf8'))))
  expect(files.filter((file) => !MAY_USE_RAW_IPC.some((place) => place.test(file)))).toEqual([])
  for (const place of MAY_USE_RAW_IPC) expect(files.filter((file) => place.test(file))).toHaveLength(1)
})

function sourceFiles(): string[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => join('src', name).replaceAll('\\', '/'))
    .filter((name) => /\.tsx?$/.test(name))
}

function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
}
