import { z } from 'zod'

/**
 * A primary SMTP address, trimmed and in lower case: the key of a mailbox everywhere in Rollcall.
 * Exchange compares addresses without regard to case. Deliberately lenient about the local part (`'`, `+`, `#`, `&` occur);
 * the server decides what exists. At most 320 characters (RFC 3696 erratum 1690: 64 + 1 + 255).
 */
export const smtpAddressSchema = z
  .string()
  .trim()
  .toLowerCase()
  .max(320)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what must not pass
  .regex(/^[^\s@<>",;\u0000-\u001f\u007f]+@[^\s@<>",;\u0000-\u001f\u007f]+$/, 'not an e-mail address')
  .brand<'SmtpAddress'>()

export type SmtpAddress = z.infer<typeof smtpAddressSchema>

/** Reads an address from outside; null when it is not one. */
export function parseSmtpAddress(text: string): SmtpAddress | null {
  const parsed = smtpAddressSchema.safeParse(text)
  return parsed.success ? parsed.data : null
}

/** The domain after the last `@`, in lower case. */
export function domainOf(address: SmtpAddress): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
