import { describe, expect, it } from 'vitest'
import { createTicketSource } from '../../../src/main/system/kerberos-tickets.ts'
import { silentLog } from '../../support/manual-clock.ts'

type Options = Readonly<Record<string, string | number>>

/** Stands in for the native package; `steps` are what its answers are. */
function scripted(steps: readonly (string | Error)[]) {
  const asked: { service: string; options: Options }[] = []
  const library = {
    GSS_C_MUTUAL_FLAG: 2,
    GSS_C_SEQUENCE_FLAG: 8,
    GSS_MECH_OID_SPNEGO: 6,
    GSS_MECH_OID_KRB5: 9,
    initializeClient: async (service: string, options: Options) => {
      asked.push({ service, options })
      const left = [...steps]
      return {
        get contextComplete() {
          return left.length === 0
        },
        async step() {
          const next = left.shift()
          if (next instanceof Error) throw next
          return next ?? ''
        },
      }
    },
  }
  return { library, asked }
}

const ANNA = { userName: 'FJORD\\anna', password: 'Secret-1' }
const TICKET = { userName: 'anna', password: '' }

describe('Kerberos tickets', () => {
  it('are asked for by GSSAPI’s name of the service, with mutual authentication, and never with the password', async () => {
    const { library, asked } = scripted(['dG9rZW4='])
    const source = createTicketSource(library, 'linux', silentLog)
    expect(source.canUsePassword).toBe(false)
    expect(await source.begin('mail.example', ANNA)).toMatchObject({ kind: 'ticket', token: 'dG9rZW4=' })
    expect(asked).toEqual([{ service: 'HTTP@mail.example', options: { flags: 10, mechOID: 6 } }])
  })

  it('are asked for on Windows by the Kerberos provider, which does not fall back to NTLM, with a typed password', async () => {
    const { library, asked } = scripted(['dG9rZW4='])
    const source = createTicketSource(library, 'win32', silentLog)
    expect(source.canUsePassword).toBe(true)
    await source.begin('mail.example', ANNA)
    await source.begin('mail.example', TICKET)
    expect(asked).toEqual([
      {
        service: 'HTTP/mail.example',
        options: { flags: 10, mechOID: 9, user: 'anna', domain: 'FJORD', password: 'Secret-1' },
      },
      { service: 'HTTP/mail.example', options: { flags: 10, mechOID: 9 } },
    ])
  })

  it('that cannot be had are an answer, not a failure', async () => {
    const { library } = scripted([new Error('No Kerberos credentials available')])
    const source = createTicketSource(library, 'linux', silentLog)
    expect(await source.begin('mail.example', TICKET)).toEqual({ kind: 'no-ticket' })
  })

  it.each([
    ['completes the context', ['a', 'b'], true],
    ['asks for more', ['a', 'b', 'c'], false],
    ['is another’s', ['a', new Error('Token was forged')], false],
  ] as const)('prove the server when its token %s: %s', async (_, steps, isProven) => {
    const source = createTicketSource(scripted(steps).library, 'linux', silentLog)
    const answer = await source.begin('mail.example', TICKET)
    expect(answer.kind === 'ticket' && (await answer.isProvenBy('c2VydmVy'))).toBe(isProven)
  })
})
