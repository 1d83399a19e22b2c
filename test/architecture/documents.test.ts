import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..', '..')

const documents = [
  ...['README.md', 'CHANGELOG.md'],
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => join('docs', name)),
].filter((name) => name.endsWith('.md'))

it.each(documents)('everything that %s points at is there', (name) => {
  const text = readFileSync(join(ROOT, name), 'utf8')
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]?.split('#')[0] ?? '')
  const local = targets.filter((target) => target !== '' && !/^[a-z]+:/.test(target))
  expect(local.filter((target) => !existsSync(join(ROOT, dirname(name), target)))).toEqual([])
})

it.each(['grid', 'person', 'export'])('README shows the %s in light and in dark', (what) => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
  for (const theme of ['light', 'dark']) expect(readme).toContain(`docs/images/${what}-${theme}.png`)
})
