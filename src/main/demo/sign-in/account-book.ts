import { createHash, timingSafeEqual } from 'node:crypto'
import type { DemoAccount, DemoPerson } from '../demo-types.ts'
import { DEMO_NETBIOS_DOMAIN } from '../organisation/company.ts'

/** Who can sign in. */
export interface AccountBook {
  readonly accounts: readonly DemoAccount[]
  /** By address, `DOMAIN\user` or bare user name, without regard to case. */
  find(userName: string): DemoAccount | null
  /** The account, when name and password are right. */
  verify(userName: string, password: string): DemoAccount | null
}

/** How many of the first people of the directory have a password. */
const ACCOUNT_COUNT = 3

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

/** A password that follows from the seed. It guards invented people on a loopback address: it is no secret. */
function passwordFor(seed: string, person: DemoPerson): string {
  return `Fjord-${sha256(`${seed}/password/${person.address}`).toString('base64url').slice(0, 12)}`
}

/** Opens the book: the first people of the directory, an ordinary helpdesk user first. */
export function createAccountBook(seed: string, people: readonly DemoPerson[]): AccountBook {
  const accounts = people.slice(0, ACCOUNT_COUNT).map((person) => ({
    address: person.address,
    userName: `${DEMO_NETBIOS_DOMAIN}\\${person.alias}`,
    password: passwordFor(seed, person),
  }))
  const byName = new Map(
    accounts.flatMap((account) => {
      const [domain = '', user = ''] = account.userName.toLowerCase().split('\\')
      return [account.address, `${domain}\\${user}`, user].map((name) => [name, account] as const)
    }),
  )
  const find = (userName: string): DemoAccount | null => byName.get(userName.trim().toLowerCase()) ?? null
  return {
    accounts,
    find,
    verify: (userName, password) => {
      const account = find(userName)
      return account !== null && timingSafeEqual(sha256(account.password), sha256(password)) ? account : null
    },
  }
}
