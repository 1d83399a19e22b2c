/**
 * A host name as it is compared: in lower case, in the ASCII form of DNS, without the trailing dot. Null for what is no host
 * name, such as `evil.example/.contoso.com`, which would become another host's URL.
 */
export function toHostName(text: string): string | null {
  const name = text.replace(/\.$/, '')
  if (/[^\p{L}\p{M}\p{N}._-]/u.test(name) || !URL.canParse(`https://${name}/`)) return null
  return new URL(`https://${name}/`).hostname
}
