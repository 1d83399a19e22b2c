import { fail, ok, type Result } from '../../../../shared/result.ts'
import type { CommandContext } from '../command-context.ts'
import type { ExitCode } from '../exit-codes.ts'
import { readCaFile } from '../network-overrides.ts'
import { whenAborted } from '../when-aborted.ts'

/** `serve`: the browser mode, until Ctrl+C. */
export async function runServe(context: CommandContext, port: number): Promise<Result<ExitCode>> {
  const { options, output, signal } = context
  const ca = await readCaFile(options.caFile)
  if (!ca.ok) return ca
  if (options.account !== undefined || options.server !== undefined || options.passwordStdin)
    output.message('In the browser mode an account is connected in its window: --account and its like are not used.')
  const started = await startServing(context, ca.value, port)
  if (!started.ok) return started
  const served = started.value
  try {
    output.result({ url: served.url, port: served.port }, served.url)
    output.message('Open this address once, in a browser on this machine. Ctrl+C ends Rollcall.')
    await whenAborted(signal)
  } finally {
    await served.close()
  }
  return fail({ code: 'cancelled' })
}

/** A port that is taken or not allowed is wrong usage; anything else that keeps it from starting is a fault. */
async function startServing(context: CommandContext, extraCaPem: readonly string[], port: number) {
  try {
    return ok(await context.parts.startServing({ options: context.options, extraCaPem, port }))
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw cause
    return fail({ code: 'invalid-input', field: '--port', reason: `${port} cannot be used (${code})` })
  }
}
