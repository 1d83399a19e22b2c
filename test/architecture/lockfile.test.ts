import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'

const ROOT = join(import.meta.dirname, '..', '..')
const read = (name: string) => JSON.parse(readFileSync(join(ROOT, name), 'utf8'))

const packageSchema = z.object({
  devDependencies: z.record(z.string(), z.string()),
  allowScripts: z.record(z.string(), z.boolean()),
})
const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({ resolved: z.string().optional(), hasInstallScript: z.boolean().optional() }),
  ),
})

it('pins Electron exactly', () => {
  expect(packageSchema.parse(read('package.json')).devDependencies['electron']).toMatch(/^\d+\.\d+\.\d+$/)
})

it('names no registry in the lockfile, so that any will do', () => {
  const { packages } = lockSchema.parse(read('package-lock.json'))
  expect(Object.entries(packages).filter(([, entry]) => entry.resolved !== undefined)).toEqual([])
})

it('decides on the install script of every package that has one', () => {
  const { packages } = lockSchema.parse(read('package-lock.json'))
  const scripted = Object.entries(packages).filter(([, entry]) => entry.hasInstallScript)
  const names = scripted.map(([path]) => path.split('node_modules/').at(-1) ?? '')
  const decided = Object.keys(packageSchema.parse(read('package.json')).allowScripts)
  expect(names.filter((name) => !decided.includes(name))).toEqual([])
})
