import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { InProcessEngine } from '../../src/main/engine/session-types.ts'
import { startEngine } from '../../src/main/engine/start-engine.ts'
import type { ConnectOutcome } from '../../src/shared/contract/connections.ts'
import { bareHost, engineOptions } from './engine-options.ts'
import { type HostileAnswers, type HostileExchange, startHostileExchange } from './hostile-exchange.ts'
import { createHurriedClock } from './hurried-clock.ts'
import { addressOf } from './photo-records.ts'

/** What nothing may ever hold but the sign-in itself. */
export const MARKED_PASSWORD = 'Marked-Passw0rd-ÄÖ'

/** An engine in a folder of its own that is connected to a hostile server. */
export interface EngineOnHostile {
  readonly engine: InProcessEngine
  readonly server: HostileExchange
  /** How connecting ended. */
  readonly outcome: ConnectOutcome
  /** The folder that exports go to; not made before it is needed. */
  readonly exportDir: string
  /** Everything that the test may touch is in here. */
  readonly folder: string
  close(): Promise<void>
}

/** Starts both, and connects with the marked password. */
export async function connectToHostile(answers: HostileAnswers): Promise<EngineOnHostile> {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-hostile-'))
  const exportDir = join(folder, 'a', 'b', 'out')
  const server = await startHostileExchange(answers)
  const { extraCaPem, resolveRules } = server.network
  const network = { extraCaPem, resolveRules, dnsServer: '127.0.0.1:9', concurrency: null }
  const host = bareHost({ chooseFolder: async () => exportDir })
  const options = engineOptions(join(folder, 'data'), { network, logLevel: 'debug' })
  const engine = await startEngine(options, host, null, createHurriedClock(20))
  const { ewsUrl } = server
  const address = addressOf('helpdesk')
  const outcome = await engine.client.connections.start({ address, password: MARKED_PASSWORD, ewsUrl })
  return {
    ...{ engine, server, outcome, exportDir, folder },
    async close() {
      await engine.close()
      await server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
