import { X509Certificate } from 'node:crypto'
import type { CertificateFacts } from '../../shared/certificate-facts.ts'
import type { ConnectionStatus } from '../../shared/connections.ts'
import type { AccountCertificates, ClientCertificateFiles } from '../../shared/contract/certificates.ts'
import { fail, ok, type Result } from '../../shared/result.ts'
import type { SmtpAddress } from '../../shared/smtp-address.ts'
import type { ClientCertificate } from '../core/connections/ports.ts'
import { readAuthorities } from '../exchange/http/read-authorities.ts'
import {
  openClientCertificate,
  type ReadClientCertificate,
  readClientCertificate,
} from '../exchange/http/read-client-certificate.ts'
import { readCertificate } from '../exchange/http/wire-evidence.ts'
import type { AccountSecrets } from './account-secrets.ts'
import type { EngineParts } from './engine-parts.ts'

/** Certificates as a person gives them: what is left out stays as it is, null and nothing take away. */
export interface GivenCertificates {
  readonly authorities?: readonly string[] | undefined
  readonly clientCertificate?: ClientCertificateFiles | null | undefined
}

/** Given ones, read. */
export interface CheckedCertificates {
  /** PEM. */
  readonly authorities?: readonly string[]
  readonly clientCertificate?: ClientCertificate | null
}

type Clocked = Pick<EngineParts, 'clock'>

/** Reads what is given. Fails with `authority-file` and `client-certificate-file`. */
export function checkCertificates(
  { clock }: Clocked,
  { authorities, clientCertificate }: GivenCertificates,
): Result<CheckedCertificates> {
  const trusted = authorities === undefined || authorities.length === 0 ? null : readAuthorityFiles(clock, authorities)
  if (trusted !== null && !trusted.ok) return trusted
  const own = clientCertificate == null ? null : readClientFiles(clock, clientCertificate)
  if (own !== null && !own.ok) return own
  return ok({
    ...(authorities !== undefined && { authorities: (trusted?.value ?? []).map(String) }),
    ...(clientCertificate !== undefined && { clientCertificate: own?.value.own ?? null }),
  })
}

/** What the contract's `connections` has about certificates. */
export interface CertificatesService {
  inspectAuthorities(files: readonly string[]): Result<CertificateFacts[]>
  inspectClientCertificate(given: ClientCertificateFiles): Result<CertificateFacts>
  read(address: SmtpAddress): Promise<Result<AccountCertificates>>
  change(
    address: SmtpAddress,
    given: GivenCertificates & {
      readonly pins?: readonly string[] | undefined
      readonly agreedPin?: string | undefined
    },
  ): Promise<Result<AccountCertificates>>
}

export interface CertificatesDeps {
  readonly parts: EngineParts
  readonly secrets: AccountSecrets
  readonly status: () => ConnectionStatus
  /** Signs in again when this account is the open one. */
  readonly onChanged: (address: SmtpAddress) => void
}

/** Shows and changes what accounts trust and prove themselves with. */
export function createCertificatesService({
  parts,
  secrets,
  status,
  onChanged,
}: CertificatesDeps): CertificatesService {
  const { accounts, clock } = parts

  async function read(address: SmtpAddress): Promise<Result<AccountCertificates>> {
    const stored = accounts.find(address)
    if (stored === null) return fail({ code: 'unknown-reference', what: `The account ${address}` })
    const own = await secrets.clientCertificates.read(address)
    const opened = own === null ? null : openClientCertificate(own)
    return ok({
      authorities: (stored.authorities ?? []).map((pem) => readCertificate(new X509Certificate(pem))),
      pins: [...(stored.pins ?? [])],
      clientCertificate: opened?.ok === true ? readCertificate(opened.value.certificate) : null,
    })
  }

  /** The certificate that the server of the open account shows and is refused for; nothing else can be agreed to. */
  function shownPin(address: SmtpAddress): string | null {
    const { account, error } = status()
    if (account?.address !== address || error?.code !== 'certificate-untrusted') return null
    return error.certificate?.sha256 ?? null
  }

  return {
    inspectAuthorities(files) {
      const found = readAuthorityFiles(clock, files)
      return found.ok ? ok(found.value.map(readCertificate)) : found
    },
    inspectClientCertificate(given) {
      const found = readClientFiles(clock, given)
      return found.ok ? ok(readCertificate(found.value.certificate)) : found
    },
    read,
    async change(address, { pins, agreedPin, ...given }) {
      const stored = accounts.find(address)
      if (stored === null) return fail({ code: 'unknown-reference', what: `The account ${address}` })
      if (agreedPin !== undefined && agreedPin !== shownPin(address)) {
        return fail({ code: 'unknown-reference', what: 'The certificate' })
      }
      const checked = checkCertificates(parts, given)
      if (!checked.ok) return checked
      const { authorities, clientCertificate } = checked.value
      accounts.save({
        ...stored,
        ...(authorities !== undefined && { authorities: [...authorities] }),
        pins: [
          ...(stored.pins ?? []).filter((pin) => pin !== agreedPin && (pins === undefined || pins.includes(pin))),
          ...(agreedPin === undefined ? [] : [agreedPin]),
        ],
      })
      if (clientCertificate === null) await secrets.clientCertificates.forget(address)
      // Kept as the password is: who wants that for this run only wants this so, too.
      const isRemembered = (await secrets.whereIs(stored)) !== 'this-run'
      if (clientCertificate != null) await secrets.clientCertificates.keep(address, clientCertificate, isRemembered)
      onChanged(address)
      return read(address)
    },
  }
}

function readAuthorityFiles(clock: EngineParts['clock'], files: readonly string[]): Result<X509Certificate[]> {
  return readAuthorities(files.map(toBytes), clock.nowMs())
}

function readClientFiles(
  clock: EngineParts['clock'],
  { files, passphrase = '' }: ClientCertificateFiles,
): Result<ReadClientCertificate> {
  return readClientCertificate(files.map(toBytes), passphrase, clock.nowMs())
}

function toBytes(base64: string): Buffer {
  return Buffer.from(base64, 'base64')
}
