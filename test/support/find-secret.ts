import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'

/** A secret in every form that it is given away in: as it is, in UTF-16, in Base64 with and without its user, escaped. */
export function formsOf(password: string, userNames: readonly string[]): string[] {
  const encodings = ['utf8', 'utf16le', 'latin1'] as const
  const raw = encodings.map((encoding) => Buffer.from(password, encoding))
  const basic = userNames.flatMap((name) =>
    (['utf8', 'latin1'] as const).map((encoding) => Buffer.from(`${name}:${password}`, encoding).toString('base64')),
  )
  return [
    ...raw.map((bytes) => bytes.toString('latin1')),
    ...raw.map((bytes) => bytes.toString('base64').replace(/=+$/, '')),
    ...raw.map((bytes) => bytes.toString('hex')),
    ...basic.map((text) => text.replace(/=+$/, '')),
    encodeURIComponent(password),
    JSON.stringify(password).slice(1, -1),
  ]
}

/** The places that hold one of the forms. `texts` are what was said, `folder` whatever was written. */
export function findSecret(
  folder: string,
  texts: Readonly<Record<string, string>>,
  forms: readonly string[],
): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  expect(files.length).toBeGreaterThan(0)
  const said = Object.entries(texts).map(([name, text]) => [name, Buffer.from(text).toString('latin1')] as const)
  const written = files.map((file) => [file, readFileSync(file, 'latin1')] as const)
  return [...said, ...written].filter(([, text]) => forms.some((form) => text.includes(form))).map(([name]) => name)
}
