import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createOutput, jsonLine, plainText } from '../../../src/main/hosts/cli/output.ts'
import { tableLines } from '../../../src/main/hosts/cli/table.ts'

function recorder(isTTY = false) {
  const streams = { stdout: new PassThrough(), stderr: Object.assign(new PassThrough(), { isTTY }) }
  const text = (name: 'stdout' | 'stderr') => String(streams[name].read() ?? '')
  return { streams, stdout: () => text('stdout'), stderr: () => text('stderr') }
}

describe('createOutput', () => {
  it('writes results to stdout and everything else to stderr', () => {
    const { streams, stdout, stderr } = recorder()
    const output = createOutput(
      streams,
      () => true,
      () => 0,
    )
    output.result({ mailbox: 'a@b.example' }, 'a')
    output.message('hello')
    output.progress('1 of 2')
    expect(stdout()).toBe('{"mailbox":"a@b.example"}\n')
    expect(stderr()).toBe('hello\n1 of 2\n')
  })

  it('writes lines for people without --json', () => {
    const { streams, stdout } = recorder()
    const output = createOutput(
      streams,
      () => false,
      () => 0,
    )
    output.result({ a: 1 }, 'one')
    output.result({ a: 2 }, null)
    expect(stdout()).toBe('one\n')
  })

  it('tells progress at once, then now and then', () => {
    let now = 0
    const { streams, stderr } = recorder()
    const output = createOutput(
      streams,
      () => true,
      () => now,
    )
    for (now of [0, 10, 1_999, 2_000]) output.progress(`at ${now}`)
    expect(stderr()).toBe('at 0\nat 2000\n')
  })

  it('does not say the same progress twice in a log', () => {
    let now = 0
    const { streams, stderr } = recorder()
    const output = createOutput(
      streams,
      () => true,
      () => now,
    )
    for (now of [0, 5_000, 10_000]) output.progress('0 of 3')
    output.progress('1 of 3')
    now = 20_000
    output.progress('1 of 3')
    expect(stderr()).toBe('0 of 3\n1 of 3\n')
  })

  it('writes over its own line on a terminal, and clears it before other text', () => {
    const { streams, stderr } = recorder(true)
    const output = createOutput(
      streams,
      () => true,
      () => 0,
    )
    output.progress('1 of 2')
    output.message('done')
    expect(stderr()).toBe('\r\u001b[K1 of 2\r\u001b[Kdone\n')
  })
})

describe('text from a directory', () => {
  it('cannot steer a terminal', () => {
    expect(plainText('a\u001b[2Jb\u009b0mc\rd\u202ee')).toBe('a\ufffd[2Jb\ufffd0mc\ufffdd\ufffde')
    expect(jsonLine({ name: 'a\u009b\u2028\u202e\u001b' })).toBe('{"name":"a\\u009b\\u2028\\u202e\\u001b"}')
  })

  it('stays what it is in JSON, on one line', () => {
    const value = { name: 'Åsa\n"山田"\u2029\u0085' }
    expect(JSON.parse(jsonLine(value))).toEqual(value)
    expect(jsonLine(value).split(/[\n\u0085\u2028\u2029]/)).toHaveLength(1)
  })
})

describe('tableLines', () => {
  it('pads all columns but the last', () => {
    expect(
      tableLines([
        ['a', 'long', 'x'],
        ['bbb', '', 'y'],
      ]),
    ).toEqual(['a    long  x', 'bbb        y'])
  })
})
