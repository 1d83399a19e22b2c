import { expect, it } from 'vitest'
import type { TicketSource } from '../../../src/main/core/connections/ports.ts'
import { agreedTickets } from '../../../src/main/engine/agreed-tickets.ts'

function sourceThat(canUsePassword: boolean) {
  const asked: string[] = []
  const source: TicketSource = {
    canUsePassword,
    begin: async (host) => {
      asked.push(host)
      return { kind: 'no-ticket' }
    },
  }
  return { source, asked }
}

const LOGGED_ON = { userName: 'anna', password: '' }

it('gives the ticket of the logged-on user to hosts that were agreed to, and to no other', async () => {
  const { source, asked } = sourceThat(false)
  const hosts = ['Mail.example.org', 'https://ews.example.org/EWS/Exchange.asmx']
  const { tickets } = agreedTickets(source, hosts)
  for (const host of ['mail.example.org', 'EWS.example.org', 'evil.example.net', 'example.org']) {
    await tickets?.begin(host, LOGGED_ON)
  }
  expect(asked).toEqual(['mail.example.org', 'EWS.example.org'])
  expect(await tickets?.begin('evil.example.net', LOGGED_ON)).toEqual({ kind: 'not-agreed' })
})

it('gives a ticket by a typed password where discovery has led, as with NTLM', async () => {
  const { source, asked } = sourceThat(true)
  await agreedTickets(source, []).tickets?.begin('mail.example.org', { userName: 'anna', password: 'x' })
  expect(asked).toEqual(['mail.example.org'])
})

it('has none where there is no Kerberos', () => {
  expect(agreedTickets(null, ['mail.example.org'])).toEqual({})
})
