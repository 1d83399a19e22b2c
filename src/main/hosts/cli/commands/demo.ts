import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, type Result } from '../../../../shared/result.ts'
import type { CommandContext, DemoAlone } from '../command-context.ts'
import type { ExitCode } from '../exit-codes.ts'
import { whenAborted } from '../when-aborted.ts'
import { writeFileWhole } from '../write-file-whole.ts'

/** `demo`: the demo Exchange alone, until Ctrl+C. */
export async function runDemo(
  { options, output, parts, signal }: CommandContext,
  port: number,
): Promise<Result<ExitCode>> {
  const folder = join(options.dataDir, 'demo')
  await mkdir(folder, { recursive: true })
  const demo = await parts.startDemoAlone({ people: options.people ?? null, port, dataDir: options.dataDir })
  try {
    const caFile = join(folder, `ca-${demo.port}.pem`)
    const written = await writeFileWhole(caFile, demo.caPem)
    if (!written.ok) return written
    tellDemo(output, demo, caFile)
    await whenAborted(signal)
  } finally {
    await demo.close()
  }
  return fail({ code: 'cancelled' })
}

/** The addresses are those of this machine, so that any client reaches them; `resolve` is for the demo's own names. */
function tellDemo(output: CommandContext['output'], demo: DemoAlone, caFile: string): void {
  const url = `https://127.0.0.1:${demo.port}`
  const ewsUrl = `${url}/EWS/Exchange.asmx`
  const accounts = demo.accounts.map(({ address, userName, password }) => ({ address, user: userName, password }))
  const lines = [
    `Demo Exchange: ${url}`,
    `EWS URL: ${ewsUrl}`,
    `Certificate: ${caFile}`,
    ...accounts.map(({ address, user, password }) => `Account: ${address}, user ${user}, password ${password}`),
    ...demo.resolve.map((rule) => `For Autodiscover: --resolve ${rule}`),
  ]
  output.result({ url, ewsUrl, caFile, accounts, port: demo.port, resolve: demo.resolve }, lines.join('\n'))
  output.message('Ctrl+C ends it.')
}
