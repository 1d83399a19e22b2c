import { z } from 'zod'

/** A server's certificate, as far as a person can compare it. Times in ms since 1970. */
export const certificateFactsSchema = z.object({
  subject: z.string(),
  issuer: z.string(),
  /** The host names it is good for. */
  names: z.array(z.string()),
  validFromMs: z.number(),
  validToMs: z.number(),
  /** Fingerprint: SHA-256 of the DER, as hexadecimal pairs with colons. */
  sha256: z.string(),
})
export type CertificateFacts = z.infer<typeof certificateFactsSchema>
