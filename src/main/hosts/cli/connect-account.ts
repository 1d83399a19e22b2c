import type { ConnectOutcome } from '../../../shared/contract/connections.ts'
import { EXCHANGE_ONLINE_WORDS } from '../../../shared/exchange-online.ts'
import { ok, type Result } from '../../../shared/result.ts'
import type { SmtpAddress } from '../../../shared/smtp-address.ts'
import type { EngineHandle } from '../../engine/host-ports.ts'
import { askEngine } from './ask-engine.ts'
import { readClientCertificateFiles } from './client-certificate-options.ts'
import type { CommandContext } from './command-context.ts'
import { readSecretLines } from './read-secret-lines.ts'

/**
 * Connects an account: with the password from stdin, or by modern sign-in or the ticket of the logged-on user, which need none.
 * A refusal is in the outcome, with every step that led to it. Says what Exchange Online means where it is (F11).
 */
export async function connectAccount(
  context: CommandContext,
  engine: EngineHandle,
  address: SmtpAddress,
): Promise<Result<ConnectOutcome>> {
  const { options, signal, output } = context
  const secrets = await readSecrets(context)
  if (!secrets.ok) return secrets
  const { password, passphrase } = secrets.value
  const certificate = await readClientCertificateFiles(options.clientCertificate)
  if (!certificate.ok) return certificate
  const outcome = await askEngine(
    engine.client.connections.start(
      {
        address,
        password,
        ...(options.user === undefined ? {} : { userName: options.user }),
        ...(options.server === undefined ? {} : { ewsUrl: options.server }),
        ...(options.ldap === undefined ? {} : { ldapUrl: options.ldap }),
        agreedHosts: [...options.trustHost],
        pins: [...options.pinSha256],
        ...(options.onlineLookup === undefined ? {} : { isOnlineLookupAllowed: options.onlineLookup }),
        ...(certificate.value !== null && { clientCertificate: { ...certificate.value, passphrase } }),
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

/** What stands on stdin: the password, then the passphrase of the client certificate, each where an option says so. */
async function readSecrets({ options, stdin, signal }: CommandContext) {
  const asked = [
    ...(options.passwordStdin ? (['--password-stdin'] as const) : []),
    ...(options.clientPassphraseStdin ? (['--client-passphrase-stdin'] as const) : []),
  ]
  const lines = await readSecretLines(stdin, asked, signal)
  if (!lines.ok) return lines
  const [password = '', passphrase = ''] = options.passwordStdin ? lines.value : ['', ...lines.value]
  return ok({ password, passphrase })
}

/** Whether the options say how to connect: the password is on stdin, or none is needed. */
export function canConnect({ passwordStdin, auth }: CommandContext['options']): boolean {
  return passwordStdin || auth === 'bearer' || auth === 'negotiate'
}
