import type { AuthChoice } from '../../../shared/connections.ts'
import type { ConnectInput } from '../../../shared/contract/connections.ts'
import { connectInputSchema } from '../../../shared/contract/connections.ts'
import { parseSmtpAddress } from '../../../shared/smtp-address.ts'
import type { ChosenAuthorities, ChosenClientCertificate } from './certificate-choice.ts'

/** What is typed in the connect dialog, as it is typed. */
export interface ConnectForm {
  readonly address: string
  readonly password: string
  readonly userName: string
  readonly auth: AuthChoice
  readonly ewsUrl: string
  readonly isRemembered: boolean
  /** Ask Exchange Online's lookup, too. */
  readonly isOnlineLookupAllowed: boolean
  /** Hosts outside the mail domain that were agreed to in this dialog. */
  readonly agreedHosts: readonly string[]
  /** Fingerprints of certificates that were agreed to in this dialog. */
  readonly pins: readonly string[]
  /** CAs to trust; null: those that the account has. */
  readonly authorities: ChosenAuthorities | null
  /** Null: the one that the account has. */
  readonly clientCertificate: ChosenClientCertificate | null
}

/** Nothing typed yet. */
export const EMPTY_FORM: ConnectForm = {
  address: '',
  password: '',
  userName: '',
  auth: 'auto',
  ewsUrl: '',
  isRemembered: true,
  isOnlineLookupAllowed: false,
  agreedHosts: [],
  pins: [],
  authorities: null,
  clientCertificate: null,
}

/** What each part of the form is given. */
export interface ConnectFieldsProps {
  readonly form: ConnectForm
  readonly problems: ReturnType<typeof checkForm>['problems']
  readonly onChange: (change: Partial<ConnectForm>) => void
}

/** The input that the form makes, or null and the fields that are to be corrected. */
export function checkForm(form: ConnectForm): {
  input: ConnectInput | null
  problems: { address: boolean; ewsUrl: boolean }
} {
  const userName = form.userName.trim()
  const ewsUrl = form.ewsUrl.trim()
  const problems = {
    address: parseSmtpAddress(form.address) === null,
    ewsUrl: ewsUrl !== '' && !connectInputSchema.shape.ewsUrl.safeParse(ewsUrl).success,
  }
  const address = parseSmtpAddress(form.address)
  if (address === null || problems.ewsUrl) return { input: null, problems }
  const input: ConnectInput = {
    address,
    password: form.password,
    auth: form.auth,
    isRemembered: form.isRemembered,
    ...(form.agreedHosts.length > 0 && { agreedHosts: [...form.agreedHosts] }),
    ...(form.pins.length > 0 && { pins: [...form.pins] }),
    ...(form.authorities !== null && { authorities: contentsOf(form.authorities) }),
    ...(form.clientCertificate !== null && {
      clientCertificate: { files: contentsOf(form.clientCertificate), passphrase: form.clientCertificate.passphrase },
    }),
    ...(form.isOnlineLookupAllowed && { isOnlineLookupAllowed: true }),
    ...(userName !== '' && { userName }),
    ...(ewsUrl !== '' && { ewsUrl }),
  }
  return { input, problems }
}

function contentsOf({ files }: Pick<ChosenAuthorities, 'files'>): string[] {
  return files.map(({ content }) => content)
}
