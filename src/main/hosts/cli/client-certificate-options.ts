import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import type { ClientCertificateFiles } from '../../../shared/contract/certificates.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'

/** Larger than any certificate with its key and chain, bytes. */
const MAX_FILE_BYTES = 200_000

/** Options about the client certificate. */
export interface ClientCertificateOptions {
  /** A PFX file, or PEM files. */
  readonly clientCertificate: readonly string[]
  readonly clientPassphraseStdin: boolean
}

/** Adds them to the program. */
export function addClientCertificateOptions(program: Command): Command {
  return program
    .option(
      '--client-certificate <file>',
      'client certificate with its key, for a server that asks for one: PFX/P12 or PEM; kept with the account; repeatable for a key in a file of its own',
      (file: string, previous: readonly string[] | undefined) => [...(previous ?? []), file],
    )
    .option(
      '--client-passphrase-stdin',
      'read the passphrase of the client certificate from stdin: the line after the password, if that is there, too',
    )
}

/** The files of `--client-certificate`; null without the option. Fails with `invalid-input`. */
export async function readClientCertificateFiles(
  paths: readonly string[],
): Promise<Result<Pick<ClientCertificateFiles, 'files'> | null>> {
  const wrong = (reason: string) => fail({ code: 'invalid-input', field: '--client-certificate', reason })
  const files: string[] = []
  for (const path of paths) {
    const content = await readFile(path).catch(() => null)
    if (content === null) return wrong(`${path} cannot be read`)
    if (content.length === 0 || content.length > MAX_FILE_BYTES) return wrong(`${path} is no certificate`)
    files.push(content.toString('base64'))
  }
  if (files.length > 4) return wrong('at most four files')
  return ok(files.length === 0 ? null : { files })
}
