import type { NetworkOptions } from '../../src/main/core/connections/ports.ts'
import type { MachineDomain } from '../../src/main/core/ldap/ports.ts'
import { type DemoExchange, type DemoOptions, startDemoExchange } from '../../src/main/demo/start-demo-exchange.ts'
import { type ConnectAttempt, connectAccount } from '../../src/main/engine/connect-account.ts'
import { createExchangeConnector } from '../../src/main/exchange/create-exchange-connector.ts'
import { createSecureDialler } from '../../src/main/exchange/http/create-secure-dialler.ts'
import { createLdapConnector } from '../../src/main/ldap/create-ldap-connector.ts'
import { createAccountStore } from '../../src/main/store/account-store.ts'
import { connectInputSchema } from '../../src/shared/contract/connections.ts'
import { fail } from '../../src/shared/result.ts'
import { createManualClock, silentLog } from './manual-clock.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** What a test changes about one connecting. */
export interface ConnectTry {
  readonly userName?: string
  readonly password?: string
  readonly agreedHosts?: string[]
  readonly isOnlineLookupAllowed?: boolean
  readonly ldapUrl?: string
  readonly machineDomain?: MachineDomain
  readonly network?: Partial<NetworkOptions>
}

/** A demo Exchange and the whole way of connecting to it: discovery, then the sign-in. */
export async function startDiscoveryWorld(options: DemoOptions = {}) {
  const demo: DemoExchange = await startDemoExchange({ people: 20, ...options })
  const [user] = demo.accounts
  if (user === undefined) throw new Error('the demo has nobody who can sign in')

  async function connect(changes: ConnectTry = {}) {
    const { network, password, agreedHosts, isOnlineLookupAllowed, ldapUrl, machineDomain } = changes
    const input = connectInputSchema.parse({
      ...{ address: user?.address, userName: changes.userName ?? user?.userName, password: password ?? user?.password },
    })
    const attempt: ConnectAttempt = await connectAccount(
      {
        ...{
          connector: createExchangeConnector(),
          clock: createManualClock(),
          accounts: createAccountStore(temporaryFolder(), silentLog),
          ldap: createLdapConnector(createSecureDialler()),
          machineDomain: machineDomain ?? null,
          // Nobody signs in by token here.
          tokens: { token: async () => fail({ code: 'cancelled' }) },
        },
        network: {
          ...{ extraCaPem: [demo.caPem], resolveRules: demo.resolveRules, concurrency: 4, log: silentLog },
          // Nobody listens there: no name is asked for outside this machine.
          ...{ dnsServer: '127.0.0.1:9', maxPhotoBytes: 1_000_000, ...network },
        },
      },
      input,
      {
        agreedHosts: agreedHosts ?? [],
        lastUrl: null,
        ldapUrl: ldapUrl ?? null,
        isOnlineLookupAllowed: isOnlineLookupAllowed ?? false,
      },
      new AbortController().signal,
    )
    if (attempt.result.ok) await attempt.result.value.session.close()
    return attempt
  }

  return {
    demo,
    user,
    connect,
    /** Whoever was given something that signs in. */
    hostsWithCredentials: () => [
      ...new Set(
        demo
          .requests()
          .filter(({ hasCredentials }) => hasCredentials)
          .map(({ host }) => host),
      ),
    ],
    /** The true server says nothing: only what a test scripts is found. */
    hideAutodiscover(): void {
      for (const service of ['soap', 'pox'] as const) {
        const answer = { kind: 'http', status: 404 } as const
        demo.script.answerAutodiscover({
          host: 'autodiscover.fjordline.example',
          service,
          answer,
          isBeforeSignIn: true,
        })
      }
    },
    reset(): void {
      demo.script.clear()
      demo.clearRequests()
    },
  }
}
