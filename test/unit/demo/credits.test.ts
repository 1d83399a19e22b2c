import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '..', '..', '..')
const credits = readFileSync(join(ROOT, 'docs', 'credits.md'), 'utf8')
const drawing = readFileSync(join(ROOT, 'src', 'main', 'demo', 'photos', 'draw-svg.ts'), 'utf8')
const stylesInUse = [...drawing.matchAll(/'@dicebear\/styles\/([a-z-]+)\.json'/g)].map((match) => match[1] ?? '')
/** Licences that ask for no more than the author's name. */
const ALLOWED_LICENCES = ['CC0 1.0', 'CC BY 4.0']

const named = z.object({ name: z.string(), url: z.url() })
const styleSchema = z.object({ meta: z.object({ license: named, creator: named, source: named }) })

it('looks at every style that the demo draws with', () => {
  expect(stylesInUse.length).toBeGreaterThan(3)
  const credited = [...credits.matchAll(/^\| ([a-z-]+) +\| \[/gm)].map((match) => match[1])
  expect(credited).toEqual(stylesInUse.toSorted())
})

it.each(stylesInUse)('%s is credited as its package says, under a licence that allows its use', (style) => {
  const file = createRequire(import.meta.url).resolve(`@dicebear/styles/${style}.json`)
  const { license, creator, source } = styleSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).meta
  expect(ALLOWED_LICENCES).toContain(license.name)
  const row = credits.split('\n').find((line) => line.startsWith(`| ${style} `)) ?? ''
  for (const { name, url } of [source, creator, license]) expect(row).toContain(`[${name}](${url})`)
})
