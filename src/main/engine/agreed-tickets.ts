import type { TicketSource } from '../core/connections/ports.ts'

/**
 * Kerberos for the hosts that a person has agreed to, and for no other: a sign-in without a password would else go to whatever
 * host Autodiscover was led to.
 * @param source null: there is no Kerberos on this machine
 * @param hosts host names; what stands in a typed or kept server address may be among them as a URL
 */
export function agreedTickets(
  source: TicketSource | null,
  hosts: readonly string[],
): { readonly tickets?: TicketSource } {
  if (source === null) return {}
  const agreed = new Set(hosts.map((host) => (URL.canParse(host) ? new URL(host).hostname : host).toLowerCase()))
  return {
    tickets: {
      canUsePassword: source.canUsePassword,
      begin: async (host, credentials) => {
        // With a typed password it is the same question as for NTLM, which discovery has answered.
        const isWithPassword = source.canUsePassword && credentials.password !== ''
        return isWithPassword || agreed.has(host.toLowerCase())
          ? source.begin(host, credentials)
          : { kind: 'not-agreed' }
      },
    },
  }
}
