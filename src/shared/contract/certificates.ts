import { z } from 'zod'
import { certificateFactsSchema } from '../certificate-facts.ts'
import { smtpAddressSchema } from '../smtp-address.ts'
import { procedure } from './base.ts'

/** The bytes of a certificate file that a person chose, base64. The longest of them have a few kilobytes. */
const fileSchema = z.base64().min(1).max(400_000)

/** Files with certificates of CAs: PEM with any number of them, or one as DER. None: no CA beside the system's. */
export const authorityFilesSchema = z.array(fileSchema).max(8)

/** A certificate with its key: one PFX/PKCS#12 file, or PEM files. It goes in, and its key never comes back out. */
export const clientCertificateFilesSchema = z.object({
  files: z.array(fileSchema).min(1).max(4),
  /** Of the file, or of the key in it; empty: none. */
  passphrase: z.string().max(1024).default(''),
})
export type ClientCertificateFiles = z.input<typeof clientCertificateFilesSchema>

/** What an account trusts beside the system's CAs, and what it proves itself with. */
export const accountCertificatesSchema = z.object({
  authorities: z.array(certificateFactsSchema),
  /** Fingerprints of server certificates that a person trusts. */
  pins: z.array(z.string()),
  clientCertificate: certificateFactsSchema.nullable(),
})
export type AccountCertificates = z.infer<typeof accountCertificatesSchema>

/** The part of `connections` about certificates. */
export const certificatesContract = {
  /** What files hold, before anything is kept. Fails with `authority-file`. */
  inspectAuthorities: procedure
    .input(z.object({ files: authorityFilesSchema.min(1) }))
    .output(z.array(certificateFactsSchema)),
  /** Whether files are a client certificate with its key, before it is kept. Fails with `client-certificate-file`. */
  inspectClientCertificate: procedure.input(clientCertificateFilesSchema).output(certificateFactsSchema),
  /** What an account has. Fails with `unknown-reference`. */
  readCertificates: procedure.input(z.object({ address: smtpAddressSchema })).output(accountCertificatesSchema),
  /**
   * Changes what an account has, and signs in again with it if it is open; what is left out stays. Fails with
   * `unknown-reference`, `authority-file` or `client-certificate-file`; nothing is changed then.
   */
  changeCertificates: procedure
    .input(
      z.object({
        address: smtpAddressSchema,
        authorities: authorityFilesSchema.optional(),
        clientCertificate: clientCertificateFilesSchema.nullable().optional(),
        /** What stays of the pins. */
        pins: z.array(z.string()).max(100).optional(),
        /** Trusts one more: that which the server of the account, which is open, is refused for at this time; no other. */
        agreedPin: z.string().max(200).optional(),
      }),
    )
    .output(accountCertificatesSchema),
}
