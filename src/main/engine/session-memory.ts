import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { SessionMemory } from '../core/connections/ports.ts'
import type { AccountStore } from '../store/account-store.ts'

/** What is kept with an account for its sessions: they read it when they are opened, and keep what they find out. */
export function sessionMemory(accounts: AccountStore, mailbox: SmtpAddress): SessionMemory {
  return {
    mailbox,
    photoRoute: accounts.find(mailbox)?.photoRoute ?? null,
    onPhotoRoute(photoRoute) {
      // An account that was forgotten meanwhile, or the demo, is not kept.
      const stored = accounts.find(mailbox)
      if (stored !== null) accounts.save({ ...stored, photoRoute })
    },
  }
}
