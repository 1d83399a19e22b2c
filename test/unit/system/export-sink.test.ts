import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createExportSinkFactory } from '../../../src/main/system/export-sink.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

async function openSink(folder: string) {
  const opened = await createExportSinkFactory().open(folder)
  if (!opened.ok) throw new Error(JSON.stringify(opened.error))
  return opened.value
}

describe('an export', () => {
  it('shows no file before it is whole, and then only its own', async () => {
    const folder = join(temporaryFolder(), 'new', 'folder')
    const sink = await openSink(folder)
    expect(await sink.write('a.jpg', Buffer.from('one'))).toEqual({ ok: true, value: null })
    await sink.write('b.jpg', Buffer.from('two'))
    expect(readdirSync(folder).filter((name) => !name.startsWith('.'))).toEqual([])
    expect(await sink.commit()).toEqual({ ok: true, value: null })
    expect(readdirSync(folder).sort()).toEqual(['a.jpg', 'b.jpg'])
    expect(readFileSync(join(folder, 'b.jpg'), 'utf8')).toBe('two')
  })

  it.skipIf(!existsSync('/proc/self'))('into a place where no folder can be made is an error, and ends', async () => {
    const opened = await createExportSinkFactory().open('/proc/rollcall/export')
    expect(opened).toMatchObject({ ok: false, error: { code: 'not-writable', target: '/proc/rollcall/export' } })
  })

  it('into a file is an error', async () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    for (const target of [file, join(file, 'below')]) {
      expect(await createExportSinkFactory().open(target)).toMatchObject({ ok: false, error: { code: 'not-writable' } })
    }
  })

  it('that is discarded leaves nothing', async () => {
    const folder = temporaryFolder()
    const sink = await openSink(folder)
    await sink.write('a.jpg', Buffer.from('one'))
    await sink.discard()
    await sink.discard()
    expect(readdirSync(folder)).toEqual([])
  })

  it('never overwrites a file, not even one that came meanwhile, and then places nothing', async () => {
    const folder = temporaryFolder()
    const sink = await openSink(folder)
    await sink.write('a.jpg', Buffer.from('new'))
    await sink.write('b.jpg', Buffer.from('new'))
    writeFileSync(join(folder, 'B.JPG'), 'old')
    expect(await sink.commit()).toEqual({ ok: false, error: { code: 'name-taken', name: 'b.jpg' } })
    await sink.discard()
    expect(readdirSync(folder)).toEqual(['B.JPG'])
    expect(readFileSync(join(folder, 'B.JPG'), 'utf8')).toBe('old')
  })

  it('refuses the same name twice', async () => {
    const sink = await openSink(temporaryFolder())
    await sink.write('a.jpg', Buffer.from('one'))
    expect(await sink.write('a.jpg', Buffer.from('two'))).toEqual({
      ok: false,
      error: { code: 'name-taken', name: 'a.jpg' },
    })
  })

  it('knows the names that are taken, without regard to case', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'Åsa.JPG'.normalize('NFD')), '')
    const sink = await openSink(folder)
    expect([...(await sink.listTaken())]).toEqual(['åsa.jpg'.normalize('NFC')])
  })

  it.each(['../up.jpg', '/etc/passwd', 'a/b.jpg', 'a\\b.jpg', 'c:x.jpg', '.', '..', '', 'a\u0000.jpg'])(
    'does not write to %j',
    async (name) => {
      const folder = temporaryFolder()
      const sink = await openSink(join(folder, 'target'))
      expect(await sink.write(name, Buffer.from('x'))).toMatchObject({ ok: false, error: { code: 'invalid-input' } })
      await sink.discard()
      expect(readdirSync(join(folder, 'target'))).toEqual([])
      expect(readdirSync(folder)).toEqual(['target'])
    },
  )

  it('clears away what a killed one left a day ago, and not one that is running', async () => {
    const folder = temporaryFolder()
    const running = await openSink(folder)
    mkdirSync(join(folder, '.rollcall-export-dead'))
    writeFileSync(join(folder, '.rollcall-export-dead', 'a.jpg'), 'x')
    utimesSync(join(folder, '.rollcall-export-dead'), 1, 1)
    const sink = await openSink(folder)
    expect(existsSync(join(folder, '.rollcall-export-dead'))).toBe(false)
    expect((await running.write('a.jpg', Buffer.from('x'))).ok).toBe(true)
    await running.discard()
    await sink.discard()
  })
})

it('a folder that cannot be made is an answer', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  const target = join(folder, 'file', 'target')
  expect(await createExportSinkFactory().open(target)).toEqual({
    ok: false,
    error: { code: 'not-writable', target, reason: 'ENOTDIR' },
  })
})
