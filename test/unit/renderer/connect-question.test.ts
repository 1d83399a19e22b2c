import { describe, expect, it } from 'vitest'
import { checkForm, EMPTY_FORM } from '../../../src/renderer/features/connect/connect-form.ts'
import { questionOf } from '../../../src/renderer/features/connect/connect-question.ts'

const FORM = { ...EMPTY_FORM, address: 'anna@contoso.com', password: 'x' }
const SHA256 = Array.from({ length: 32 }, () => 'AB').join(':')
const CERTIFICATE = {
  ...{ subject: 'CN=Contoso CA', issuer: 'CN=Contoso CA', names: [], sha256: SHA256 },
  ...{ validFromMs: 0, validToMs: 1 },
}
const ENDPOINT = 'https://mail.contoso.com'

describe('what can be agreed to while connecting', () => {
  it('is a certificate whose issuer nobody knows, by its fingerprint', () => {
    const error = { code: 'certificate-untrusted', endpoint: ENDPOINT, reason: 'X', certificate: CERTIFICATE } as const
    const question = questionOf(error, FORM)
    expect(question).toMatchObject({ kind: 'certificate', host: 'mail.contoso.com', certificate: CERTIFICATE })
    expect(checkForm(question?.agreed ?? FORM).input).toMatchObject({ pins: [SHA256] })
  })

  it('is a sign-in without a password, for one host', () => {
    const error = { code: 'unauthorized', endpoint: ENDPOINT, hint: 'host-not-agreed' } as const
    const question = questionOf(error, FORM)
    expect(question).toMatchObject({ kind: 'ticket', host: 'mail.contoso.com' })
    expect(checkForm(question?.agreed ?? FORM).input).toMatchObject({ agreedHosts: ['mail.contoso.com'] })
  })

  it.each([
    null,
    { code: 'unauthorized', endpoint: ENDPOINT, hint: 'wrong-password' },
    { code: 'certificate-untrusted', endpoint: ENDPOINT, reason: 'ERR_TLS_CERT_ALTNAME_INVALID' },
  ] as const)('is nothing for %j', (error) => {
    expect(questionOf(error, FORM)).toBeNull()
  })
})
