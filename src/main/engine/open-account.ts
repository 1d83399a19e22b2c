import type { Account } from '../../shared/connections.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import { parseSmtpAddress } from '../../shared/smtp-address.ts'
import type { NetworkOptions } from '../core/connections/ports.ts'
import { describeThrown } from '../core/jobs/describe-thrown.ts'
import { createPeopleIndex } from '../core/people/create-people-index.ts'
import type { StoredAccount } from '../store/account-store.ts'
import { contentHash } from '../system/content-hash.ts'
import { networkMark } from '../system/network-mark.ts'
import { type OpenedAccount, openAccountSession } from './account-session.ts'
import type { EngineParts } from './engine-parts.ts'
import type { DemoConnection } from './host-ports.ts'
import { networkFor } from './network-for.ts'
import type { PrepareLink } from './server-link.ts'

/** Opens the library of an account. Fails with `library-unusable`. */
export async function openAccount(
  parts: EngineParts,
  account: Account,
  prepareLink: PrepareLink,
): Promise<Result<OpenedAccount>> {
  const place = parts.libraryPlace(account.address)
  const library = await place.open()
  if (!library.ok) return library
  const { keys, connector, probe, settings, options, clock, log, hub } = parts
  try {
    const opened = openAccountSession({
      account,
      library: library.value,
      place,
      keys,
      accepted: place.openAccepted(),
      index: createPeopleIndex(),
      connector,
      prepareLink,
      probe,
      contentHash,
      networkMark,
      settings: settings.read,
      concurrency: options.network.concurrency,
      clock,
      log,
      hub,
      onHold: parts.jobs.setHold,
    })
    return ok(opened)
  } catch (cause) {
    await place.letGo()
    library.value.close()
    return fail(describeThrown(log, 'opening the library', cause))
  }
}

/** What hosts may know of a stored account. */
export function storedAccount(stored: StoredAccount, secretKeptIn: Account['secretKeptIn']): Account {
  const { address, userName, auth, endpoints, scheme } = stored
  const isBasic = scheme === 'Basic'
  return { address, userName, auth, ewsUrl: endpoints.ewsUrl, isDemo: false, secretKeptIn, isBasic }
}

/** The demo organisation as an account: an ordinary one, but for the flag that a banner is shown by. */
export function demoAccount({ address, userName, ewsUrl }: DemoConnection): Result<Account> {
  const parsed = parseSmtpAddress(address)
  if (parsed === null) return fail({ code: 'invalid-input', field: 'demo address', reason: 'not an e-mail address' })
  return ok({ address: parsed, userName, auth: 'auto', ewsUrl, isDemo: true, secretKeptIn: 'this-run' })
}

/** The way to the demo Exchange. */
export function demoLink(parts: EngineParts, demo: DemoConnection): PrepareLink {
  const { userName, password, ewsUrl } = demo
  const network = demoNetwork(parts, demo)
  const endpoints = { ewsUrl, photosUrl: null, serverVersion: 'Exchange2016' }
  return async () => ok({ endpoints, credentials: { userName, password }, auth: 'auto', network })
}

/** How the demo Exchange is reached. */
export function demoNetwork(parts: EngineParts, { caPem, network }: DemoConnection): NetworkOptions {
  const { extraCaPem, dnsServer } = parts.options.network
  return networkFor(parts, { extraCaPem: [...extraCaPem, caPem], resolveRules: network.resolveRules, dnsServer })
}
