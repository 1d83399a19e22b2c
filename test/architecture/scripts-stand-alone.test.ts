import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')

/** The scripts run before anything is installed, on a Node that knows no TypeScript. */
describe('the scripts behind npm start and npm test', () => {
  const files = readdirSync(join(ROOT, 'scripts'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.mjs'),
  )

  it('are there', () => {
    expect(files).toEqual(expect.arrayContaining(['start.mjs', 'test.mjs', 'rollcall.mjs']))
  })

  it.each(files)('%s imports only Node’s own modules and its neighbours', (file) => {
    const source = readFileSync(join(ROOT, 'scripts', file), 'utf8')
    const imported = [...source.matchAll(/^import .*?['"](.+?)['"]$|\bimport\(['"](.+?)['"]\)/gm)].map(
      (match) => match[1] ?? match[2] ?? '',
    )
    const strangers = imported.filter((name) => !name.startsWith('node:') && !/^\.{1,2}\/.*\.mjs$/.test(name))
    expect(strangers).toEqual([])
  })
})
