import type { Result } from '../../shared/result.ts'
import type { Settings, SettingsPatch } from '../../shared/settings.ts'
import type { AcceptanceService } from './acceptance-service.ts'
import type { CertificatesService } from './account-certificates.ts'
import type { AccountManager } from './account-manager.ts'
import type { OpenedAccount } from './account-session.ts'
import type { AuditService } from './audit-service.ts'
import type { createPeopleCompleter } from './complete-people.ts'
import type { createDirectoryReading } from './directory-reading.ts'
import type { EngineParts } from './engine-parts.ts'
import type { ExportService } from './export-service.ts'
import type { LdapAccess } from './ldap-access.ts'
import type { ScheduledRefresh } from './scheduled-refresh.ts'

/** What the contract's handlers work with. */
export interface EngineServices {
  readonly parts: EngineParts
  readonly hasSecretStore: boolean
  readonly manager: AccountManager
  readonly certificates: CertificatesService
  readonly audit: AuditService
  readonly acceptance: AcceptanceService
  readonly exports: ExportService
  readonly ldap: LdapAccess
  readonly directory: ReturnType<typeof createDirectoryReading>
  /** Fills in what the library lacks of a person whom somebody has opened, behind them. */
  readonly completePerson: ReturnType<typeof createPeopleCompleter>
  readonly refresh: ScheduledRefresh
  /** The opened account, or why there is none. */
  session(): Result<OpenedAccount>
  /** Changes settings, keeps them, and works them in. */
  updateSettings(patch: SettingsPatch): Settings
}
