import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createLog } from '../../../src/main/system/log.ts'
import { openLogFile } from '../../../src/main/system/log-file.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

function linesOf(file: string): Record<string, unknown>[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

it('an entry is a line of JSON, there at once, from its level on', () => {
  const file = join(temporaryFolder(), 'logs', 'rollcall.log')
  const log = createLog({ level: 'info', file })
  log.debug('not this')
  log.info('hello', { count: 3 })
  expect(linesOf(file)).toMatchObject([{ level: 'info', msg: 'hello', count: 3 }])
  log.close()
})

it('a secret that is passed by mistake is not written', () => {
  const file = join(temporaryFolder(), 'rollcall.log')
  const log = createLog({ level: 'debug', file })
  log.warn('x', { password: 'hunter2', deep: { token: 'hunter2', headers: { authorization: 'hunter2' } } })
  log.close()
  expect(readFileSync(file, 'utf8')).not.toContain('hunter2')
})

it('silence makes no file', () => {
  const folder = temporaryFolder()
  const log = createLog({ level: 'silent', file: join(folder, 'rollcall.log') })
  log.error('x')
  log.close()
  expect(readdirSync(folder)).toEqual([])
})

it('a log goes on in a new file when the old one is full, and keeps one old one', () => {
  const file = join(temporaryFolder(), 'rollcall.log')
  const opened = openLogFile(file, 25)
  if (!opened.ok) throw new Error('not opened')
  for (const number of [1, 2, 3, 4, 5]) opened.value.write(`entry ${number} \n`.padStart(13, '.'))
  opened.value.close()
  expect(readFileSync(`${file}.1`, 'utf8')).toContain('entry 4')
  expect(readFileSync(file, 'utf8')).toContain('entry 5')
  expect(statSync(file).size).toBe(13)
})

it('a log file that cannot be made is an answer, and the log goes on without it', () => {
  const folder = temporaryFolder()
  expect(openLogFile(folder)).toMatchObject({ ok: false, error: { code: 'not-writable' } })
})
