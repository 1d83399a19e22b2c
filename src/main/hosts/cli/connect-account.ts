import type { ConnectOutcome } from '../../../shared/contract/connections.ts'
import { EXCHANGE_ONLINE_WORDS } from '../../../shared/exchange-online.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { EngineHandle } from '../../engine/host-ports.ts'
import { askEngine } from './ask-engine.ts'
import type { CommandContext } from './command-context.ts'
import { readPassword } from './read-password.ts'

/**
 * Connects an account: with the password from stdin, or by modern sign-in or the ticket of the logged-on user, which need none.
 * A refusal is in the outcome, with every step that led to it. Says what Exchange Online means where it is (F11).
 */
export async function connectAccount(
  context: CommandContext,
  engine: EngineHandle,
  address: SmtpAddress,
): Promise<Result<ConnectOutcome>> {
  const { options, stdin, signal, output } = context
  const password = options.passwordStdin ? await readPassword(stdin, signal) : ok('')
  if (!password.ok) return password
  const outcome = await askEngine(
    engine.client.connections.start(
      {
        address,
        password: password.value,
        ...(options.user === undefined ? {} : { userName: options.user }),
        ...(options.server === undefined ? {} : { ewsUrl: options.server }),
        ...(options.ldap === undefined ? {} : { ldapUrl: options.ldap }),
        agreedHosts: [...options.trustHost],
        pins: [...options.pinSha256],
        ...(options.onlineLookup === undefined ? {} : { isOnlineLookupAllowed: options.onlineLookup }),
        auth: options.auth ?? 'auto',
      },
      { signal },
    ),
  )
  if (!outcome.ok) return outcome
  const { title, text, nextStep } = EXCHANGE_ONLINE_WORDS
  if (outcome.value.isExchangeOnline) output.message(`${title} ${text} ${nextStep}`)
  return ok(outcome.value)
}

/** Whether the options say how to connect: the password is on stdin, or none is needed. */
export function canConnect({ passwordStdin, auth }: CommandContext['options']): boolean {
  return passwordStdin || auth === 'bearer' || auth === 'negotiate'
}
