import type { Job } from '../../shared/jobs.ts'
import type { PhotoVersion } from '../../shared/photos.ts'
import type { SavedScope, ScopeDefinition } from '../../shared/scopes.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { ScopeChoice } from '../api/scope-choices.ts'
import type { ConnectForm } from '../features/connect/connect-form.ts'
import type { SettingsPage } from '../features/settings/settings-dialog.tsx'

/** The dialog that is open. */
export type OpenDialog =
  | { readonly kind: 'connect'; readonly form?: Partial<ConnectForm> }
  | { readonly kind: 'export'; readonly choices: readonly ScopeChoice[] }
  | { readonly kind: 'audit'; readonly choices: readonly ScopeChoice[] }
  | { readonly kind: 'findings'; readonly choices: readonly ScopeChoice[] }
  | { readonly kind: 'settings'; readonly page?: SettingsPage }
  | { readonly kind: 'keys' }
  | { readonly kind: 'failures'; readonly job: Job }
  | { readonly kind: 'bring-list' }
  | { readonly kind: 'expand-list' }
  | { readonly kind: 'keep-scope'; readonly firstName: string; readonly definition: ScopeDefinition }
  | { readonly kind: 'rename-scope'; readonly scope: SavedScope }
  | { readonly kind: 'look'; readonly index: number }
  | { readonly kind: 'compare'; readonly addresses: readonly SmtpAddress[] }
  | { readonly kind: 'compare-versions'; readonly address: SmtpAddress; readonly versions: readonly PhotoVersion[] }
