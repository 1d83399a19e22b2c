import { z } from 'zod'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { ClientCertificate } from '../core/connections/ports.ts'
import type { KeptSecrets } from './kept-secrets.ts'

const clientCertificateSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pfx'), pfx: z.base64(), passphrase: z.string() }),
  z.strictObject({ kind: z.literal('pem'), certificates: z.string(), key: z.string() }),
])

/** The client certificates of accounts, each one secret. */
export interface KeptClientCertificates {
  /** Null: none. Also where what is kept cannot be read: the server then says that it wants one. */
  read(address: SmtpAddress): Promise<ClientCertificate | null>
  keep(address: SmtpAddress, own: ClientCertificate, isRemembered: boolean): Promise<void>
  forget(address: SmtpAddress): Promise<void>
}

/** Keeps them over secrets of their own kind. */
export function createKeptClientCertificates(kept: KeptSecrets): KeptClientCertificates {
  return {
    async read(address) {
      const text = await kept.read(address)
      return text === null ? null : parse(text)
    },
    keep: (address, own, isRemembered) => kept.keep(address, JSON.stringify(own), isRemembered),
    forget: (address) => kept.forget(address),
  }
}

function parse(text: string): ClientCertificate | null {
  try {
    return clientCertificateSchema.parse(JSON.parse(text))
  } catch {
    return null
  }
}
