import type { ConnectOutcome } from '../../../shared/contract/connections.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { EngineHandle } from '../../engine/host-ports.ts'
import { askEngine } from './ask-engine.ts'
import type { CommandContext } from './command-context.ts'
import { readPassword } from './read-password.ts'

/** Connects an account with the password from stdin; a refusal is in the outcome, with every step that led to it. */
export async function connectWithPassword(
  { options, stdin, signal }: CommandContext,
  engine: EngineHandle,
  address: SmtpAddress,
): Promise<Result<ConnectOutcome>> {
  const password = await readPassword(stdin, signal)
  if (!password.ok) return password
  const outcome = await askEngine(
    engine.client.connections.start(
      {
        address,
        password: password.value,
        ...(options.user === undefined ? {} : { userName: options.user }),
        ...(options.server === undefined ? {} : { ewsUrl: options.server }),
        agreedHosts: [...options.trustHost],
        ...(options.onlineLookup === undefined ? {} : { isOnlineLookupAllowed: options.onlineLookup }),
        auth: options.auth ?? 'auto',
      },
      { signal },
    ),
  )
  return outcome.ok ? ok(outcome.value) : outcome
}
