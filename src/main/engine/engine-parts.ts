import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { ExchangeConnector, TicketSource } from '../core/connections/ports.ts'
import type { JobRunner } from '../core/jobs/ports.ts'
import type { LdapConnector, MachineDomain } from '../core/ldap/ports.ts'
import type { PictureProbe } from '../core/photos/ports.ts'
import type { Clock, Log } from '../core/ports.ts'
import type { AccountStore } from '../store/account-store.ts'
import type { SettingsStore } from '../store/settings-store.ts'
import type { EventHub } from './event-hub.ts'
import type { EngineOptions, HostCapabilities } from './host-ports.ts'
import type { LibraryKeys } from './library-keys.ts'
import type { LibraryPlace } from './library-places.ts'

/** What the engine is put together from. */
export interface EngineParts {
  readonly options: EngineOptions
  readonly host: HostCapabilities
  readonly clock: Clock
  readonly log: Log
  readonly hub: EventHub
  readonly jobs: JobRunner
  readonly settings: SettingsStore
  readonly accounts: AccountStore
  readonly connector: ExchangeConnector
  readonly ldap: LdapConnector
  /** The domain that this machine's user is logged on to; null: none. */
  readonly machineDomain: MachineDomain | null
  /** Kerberos; null: not on this machine. */
  readonly tickets: TicketSource | null
  readonly probe: PictureProbe
  readonly keys: LibraryKeys
  readonly libraryPlace: (address: SmtpAddress) => LibraryPlace
}
