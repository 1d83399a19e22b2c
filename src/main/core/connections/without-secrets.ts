import type { ConnectionStep } from '../../../shared/connections.ts'
import type { Credentials } from './ports.ts'

/** Shorter texts occur by chance: replacing them would spoil what is told, and would give them away. */
const SHORTEST_SECRET = 6
const WITHHELD = '(withheld)'

/**
 * A step without the credentials. Rollcall puts none into it; but a server can send back what it was sent, in a header or in
 * the target of a redirect, and a step is shown, logged and copied into mails.
 */
export function withoutSecrets(step: ConnectionStep, { userName, password }: Credentials): ConnectionStep {
  const secrets = formsOf(userName, password)
  const clean = (text: string) => secrets.reduce((cleaned, secret) => cleaned.replaceAll(secret, WITHHELD), text)
  return cleanTexts(step, clean)
}

/** The password as it may come back: as typed, in a URL, as Basic sends it. */
function formsOf(userName: string, password: string): string[] {
  const basic = toBase64(`${userName}:${password}`)
  const forms = [basic, basic.replace(/=+$/, ''), toBase64(password), password, encodeURIComponent(password)]
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST_SECRET)
}

function toBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)))
}

/** The same value with every text in it changed, at any depth. */
function cleanTexts<T>(value: T, clean: (text: string) => string): T {
  if (typeof value === 'string') return clean(value) as T
  if (Array.isArray(value)) return value.map((one) => cleanTexts(one, clean)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, cleanTexts(one, clean)])) as T
}
