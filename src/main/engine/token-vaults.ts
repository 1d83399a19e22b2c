import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { TokenVault } from '../core/connections/ports.ts'
import type { KeptSecrets } from './kept-secrets.ts'

/** The vault of a sign-in that is under way: in memory, until it is known that it worked. */
export interface PendingVault extends TokenVault {
  /** Keeps what is in it, and from now on what is written into it. */
  adopt(isRemembered: boolean): Promise<void>
}

/** Where accounts' tokens are kept. All that work for an account share one vault; one that was replaced writes no more. */
export interface TokenVaults {
  /** An empty vault for signing in. */
  begin(address: SmtpAddress): PendingVault
  /** The vault of an account that is kept. */
  open(address: SmtpAddress): TokenVault
  /** Removes the tokens; whatever is written after it is lost. */
  forget(address: SmtpAddress): Promise<void>
}

/** Makes vaults over the kept secrets. */
export function createTokenVaults(kept: KeptSecrets): TokenVaults {
  const current = new Map<SmtpAddress, TokenVault>()

  return {
    begin(address) {
      let text: string | null = null
      let isRemembered: boolean | null = null
      const vault: PendingVault = {
        read: async () => text,
        async write(next) {
          text = next
          if (isRemembered !== null && current.get(address) === vault) await kept.keep(address, next, isRemembered)
        },
        async adopt(remembered) {
          isRemembered = remembered
          current.set(address, vault)
          if (text !== null) await kept.keep(address, text, remembered)
        },
      }
      return vault
    },
    open(address) {
      const held = current.get(address)
      if (held !== undefined) return held
      const vault: TokenVault = {
        read: () => kept.read(address),
        async write(text) {
          if (current.get(address) !== vault) return
          await kept.keep(address, text, (await kept.whereIs(address)) !== 'this-run')
        },
      }
      current.set(address, vault)
      return vault
    },
    async forget(address) {
      current.delete(address)
      await kept.forget(address)
    },
  }
}
