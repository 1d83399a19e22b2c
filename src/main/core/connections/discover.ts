import type { ConnectionStep, Endpoints } from '../../../shared/connections.ts'
import type { AppError } from '../../../shared/errors.ts'
import { toHostName } from '../../../shared/host-name.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { domainOf, parseSmtpAddress, type SmtpAddress } from '../../../shared/smtp-address.ts'
import type { Clock } from '../ports.ts'
import {
  type CandidatePair,
  candidatePairs,
  httpRedirectCandidate,
  jsonCandidate,
  pairAt,
  pairOf,
} from './autodiscover-candidates.ts'
import { chooseEndpoints } from './choose-endpoints.ts'
import { chooseFailure, isFinal } from './choose-failure.ts'
import { type ConnectionPointPlaces, lookUpConnectionPoints, type ReadConnectionPoints } from './connection-points.ts'
import { describeAnswer, describeTargets, stepNameOf } from './describe-answer.ts'
import { describeOutside, type HostTrust, isTrustedHost, judgeRedirect, MAX_HOPS } from './judge-redirect.ts'
import { orderSrvTargets } from './order-srv-targets.ts'
import type { AutodiscoverAnswer, AutodiscoverCandidate, AutodiscoverClient, SrvResolver } from './ports.ts'
import { createStepTeller, type StepTeller } from './step-teller.ts'

export interface DiscoverOptions {
  readonly address: SmtpAddress
  readonly client: AutodiscoverClient & SrvResolver
  readonly signal: AbortSignal
  readonly clock: Clock
  /** Hears of every step as it ends. */
  readonly onStep: (step: ConnectionStep) => void
  /** Hosts outside the mail domain that a person has agreed to. */
  readonly agreedHosts?: readonly string[]
  /** Where Autodiscover answered last time: asked first. */
  readonly lastUrl?: string | null
  /** Where Active Directory may be asked, and how; null: this machine has no domain, and no server was named. */
  readonly connectionPoints?: { readonly places: ConnectionPointPlaces; readonly read: ReadConnectionPoints } | null
  /** The last place was one of the inside: the server's inside URL comes first there. */
  readonly isLastInside?: boolean
  /** Ask Exchange Online's lookup, too; it is then told the address. */
  readonly isJsonAllowed?: boolean
  /** Numbers from 0 to 1 for drawing SRV targets by weight. */
  readonly random?: () => number
}

/** What discovery did, step by step, and what it came to. */
export interface Discovery {
  readonly steps: ConnectionStep[]
  readonly result: Result<Endpoints>
  /** Where Autodiscover answered; null when it did not, or not with credentials. */
  readonly autodiscoverUrl: string | null
  /** Whether it was the machine's own directory that named that place. */
  readonly isInside: boolean
}

/**
 * Finds the Exchange server of an address by Autodiscover: its places in their order, every redirect judged before it is
 * followed. Ends at once when a password is refused. Fails with `unauthorized`, `consent-needed`, `redirect-refused`,
 * `certificate-untrusted`, `throttled`, `forbidden`, `not-supported`, `cancelled` or `server-not-found`.
 * @see protocol.md 2
 */
export async function discover(options: DiscoverOptions): Promise<Discovery> {
  const walk = new Walk(options)
  const result = await walk.start(options.address)
  const { steps } = walk.teller
  return { steps, result, autodiscoverUrl: result.ok ? walk.autodiscoverUrl : null, isInside: walk.isInside }
}

/** Who points somewhere when the own directory does. */
const DIRECTORY = 'Active Directory'

/** How asking one place ended; null: nothing here, go on. */
type Ending = Result<Endpoints> | null

/** One discovery: what was tried, what went wrong, how many redirects were followed. */
class Walk {
  readonly teller: StepTeller
  autodiscoverUrl: string | null = null
  /** Whether places are asked that the own directory named (protocol.md 2.6). */
  isInside = false
  private readonly options: DiscoverOptions
  private readonly trust: HostTrust
  private readonly tried = new Set<string>()
  private readonly hosts = new Set<string>()
  private readonly failures: AppError[] = []
  /** Places that were busy: asked once more when the others have had their turn. */
  private busy: { readonly candidate: AutodiscoverCandidate; readonly address: SmtpAddress }[] = []
  private hops = 0

  constructor(options: DiscoverOptions) {
    this.options = options
    this.teller = createStepTeller(options.clock, options.onStep)
    const agreedHosts = new Set((options.agreedHosts ?? []).flatMap((host) => toHostName(host) ?? []))
    const domain = domainOf(options.address)
    this.trust = { mailDomain: toHostName(domain) ?? domain, agreedHosts }
  }

  async start(address: SmtpAddress): Promise<Result<Endpoints>> {
    return (
      (await this.askLast(address)) ??
      (await this.askConnectionPoints(address)) ??
      (await this.walkDomain(address)) ??
      (await this.askJson(address)) ??
      (await this.askBusy()) ??
      this.giveUp()
    )
  }

  private giveUp(): Result<never> {
    const notFound: AppError = {
      code: 'server-not-found',
      address: this.options.address,
      tried: [...this.hosts],
    }
    return fail(chooseFailure(this.failures, this.trust.mailDomain) ?? notFound)
  }

  private async askLast(address: SmtpAddress): Promise<Ending> {
    const { lastUrl } = this.options
    if (lastUrl === null || lastUrl === undefined) return null
    const verdict = judgeRedirect(lastUrl, this.trust)
    if (verdict.kind !== 'follow') return null
    const { isLastInside = false } = this.options
    return this.fromInside(isLastInside, () => this.askPair(pairOf(verdict.url), address))
  }

  /** What the own directory names is judged like every hint: whoever may write there is not thereby to be trusted. */
  private async askConnectionPoints(address: SmtpAddress): Promise<Ending> {
    const { connectionPoints, signal } = this.options
    if (connectionPoints === null || connectionPoints === undefined) return null
    const { trust, teller } = this
    const { urls, refusal } = await lookUpConnectionPoints({ ...connectionPoints, trust, teller, signal })
    if (refusal !== null) return fail(refusal)
    for (const url of urls) {
      const verdict = judgeRedirect(url, this.trust)
      const ending = await this.fromInside(true, async () => {
        if (verdict.kind === 'refuse') return this.refuse(DIRECTORY, verdict.target, verdict.detail)
        if (verdict.kind === 'ask') return this.askForConsent(DIRECTORY, verdict.url)
        return this.askPair(pairOf(verdict.url), address)
      })
      if (ending !== null) return ending
    }
    return null
  }

  private async fromInside(isInside: boolean, ask: () => Promise<Ending>): Promise<Ending> {
    this.isInside = isInside
    const ending = await ask()
    if (ending === null) this.isInside = false
    return ending
  }

  /** Every place of an address's domain, in order. */
  private async walkDomain(address: SmtpAddress): Promise<Ending> {
    const domain = toHostName(domainOf(address))
    if (domain === null) return null
    for (const pair of candidatePairs(domain)) {
      // An agreed host is no domain: what would be below it was not agreed to.
      if (!isTrustedHost(new URL(pair.soap.url).hostname, this.trust)) continue
      const ending = await this.askPair(pair, address)
      if (ending !== null) return ending
    }
    return (await this.ask(httpRedirectCandidate(domain), address)).ending ?? this.walkSrv(domain, address)
  }

  private async walkSrv(domain: string, address: SmtpAddress): Promise<Ending> {
    const { client, signal, random = Math.random } = this.options
    const url = `dns:_autodiscover._tcp.${domain}`
    const found = await this.teller.time(
      'srv-lookup',
      url,
      async () => orderSrvTargets(await client.resolveSrv(url.slice('dns:'.length), signal), random),
      (targets) => ({ status: null, ...describeTargets(targets.map(({ host }) => host)) }),
    )
    for (const { host } of found) {
      const pair = pairAt(host)
      const ending = isTrustedHost(host, this.trust)
        ? await this.askPair(pair, address)
        : await this.askForConsent(url, new URL(pair.soap.url))
      if (ending !== null) return ending
    }
    return null
  }

  private async askJson(address: SmtpAddress): Promise<Ending> {
    return this.options.isJsonAllowed === true ? (await this.ask(jsonCandidate(address), address)).ending : null
  }

  private async askBusy(): Promise<Ending> {
    const later = this.busy
    this.busy = []
    for (const { candidate, address } of later) {
      this.tried.delete(keyOf(candidate, address))
      const { ending } = await this.ask(candidate, address)
      if (ending !== null) return ending
    }
    return null
  }

  /** SOAP first; POX only where a server answered but does not speak SOAP. */
  private async askPair({ soap, pox }: CandidatePair, address: SmtpAddress): Promise<Ending> {
    const first = await this.ask(soap, address)
    if (first.ending !== null || first.answer?.kind !== 'nothing-here' || first.answer.isSpoken) return first.ending
    return (await this.ask(pox, address)).ending
  }

  private async ask(
    candidate: AutodiscoverCandidate,
    address: SmtpAddress,
  ): Promise<{ answer: AutodiscoverAnswer | null; ending: Ending }> {
    const { client, signal } = this.options
    if (signal.aborted) return { answer: null, ending: fail({ code: 'cancelled' }) }
    const key = keyOf(candidate, address)
    if (this.tried.has(key)) return { answer: null, ending: null }
    this.tried.add(key)
    this.hosts.add(new URL(candidate.url).host)
    const answer = await this.teller.time(
      stepNameOf(candidate.method),
      candidate.url,
      () => client.ask(candidate, address, signal),
      (told) => ({
        status: told.status,
        ...(told.evidence !== undefined && { evidence: told.evidence }),
        ...describeAnswer(told),
      }),
    )
    return { answer, ending: await this.act(answer, candidate, address) }
  }

  private async act(answer: AutodiscoverAnswer, from: AutodiscoverCandidate, address: SmtpAddress): Promise<Ending> {
    switch (answer.kind) {
      case 'settings':
        return this.settle(answer.settings, from)
      case 'nothing-here':
        return null
      case 'redirect-url':
        return this.followUrl(answer.url, from, address)
      case 'redirect-address':
        return this.followAddress(answer.address, from, address)
      case 'failed':
        if (isFinal(answer.error)) return fail(answer.error)
        this.failures.push(answer.error)
        if (answer.error.code === 'throttled') this.busy.push({ candidate: from, address })
        return null
    }
  }

  private async settle(
    settings: Parameters<typeof chooseEndpoints>[0],
    from: AutodiscoverCandidate,
  ): Promise<Result<Endpoints>> {
    const { client, signal } = this.options
    const choice = await chooseEndpoints(settings, this.isInside, {
      client,
      signal,
      trust: this.trust,
      teller: this.teller,
    })
    if (choice.kind === 'ask') {
      await this.askForConsent(from.url, new URL(choice.url))
      return this.giveUp()
    }
    if (from.method !== 'json') this.autodiscoverUrl = from.url
    return ok(choice.endpoints)
  }

  private async followUrl(target: string, from: AutodiscoverCandidate, address: SmtpAddress): Promise<Ending> {
    const isJson = from.method === 'json'
    const verdict = judgeRedirect(target, this.trust, isJson ? 'json' : 'xml')
    if (verdict.kind === 'refuse') return this.refuse(from.url, verdict.target, verdict.detail)
    if (!this.countHop(from.url, `${verdict.url.origin}${verdict.url.pathname}`)) return null
    if (verdict.kind === 'ask') return this.askForConsent(from.url, verdict.url)
    if (isJson) return (await this.ask({ method: 'json', url: verdict.url.href }, address)).ending
    const pair = pairOf(verdict.url)
    if (from.method === 'http-redirect') return this.askPair(pair, address)
    return (await this.ask(pair[from.method], address)).ending
  }

  /**
   * Starts over with the new address, for good: the server that said so knows the mailbox. The sign-in stays that of the
   * original user (protocol.md 2.3).
   */
  private async followAddress(target: string, from: AutodiscoverCandidate, address: SmtpAddress): Promise<Ending> {
    const next = parseSmtpAddress(target)
    const domain = next === null ? null : toHostName(domainOf(next))
    if (next === null || domain === null || next === address) {
      return this.refuse(from.url, '', 'The redirect names no other address.')
    }
    if (!this.countHop(from.url, next)) return null
    this.isInside = false
    if (!isTrustedHost(domain, this.trust)) return this.askForConsent(from.url, new URL(pairAt(domain).soap.url), true)
    return (await this.walkDomain(next)) ?? (await this.askBusy()) ?? this.giveUp()
  }

  private countHop(from: string, target: string): boolean {
    this.hops += 1
    if (this.hops <= MAX_HOPS) return true
    this.refuse(from, target, `There were more than ${MAX_HOPS} redirects.`)
    return false
  }

  /**
   * A host outside the mail domain: looked at without credentials, so that a person can decide. Discovery goes on.
   * @param isDomain the host stands for its domain, and may itself be a web site with another certificate
   */
  private async askForConsent(from: string, url: URL, isDomain = false): Promise<Ending> {
    const { client, signal } = this.options
    if (signal.aborted) return fail({ code: 'cancelled' })
    const key = `consent ${url.hostname}`
    if (this.tried.has(key)) return null
    this.tried.add(key)
    const { evidence, error } = await this.teller.time(
      'consent',
      url.origin,
      () => client.probe(url.href, signal),
      (probed) => ({
        status: probed.status,
        outcome: 'refused',
        detail: describeOutside(url.hostname, this.trust.mailDomain),
        advice: `If ${url.hostname} belongs to the organisation or its provider, trust it; otherwise tell the administrator who points there.`,
        ...(probed.evidence !== undefined && { evidence: probed.evidence }),
      }),
    )
    // A host that cannot prove its name is no host to be agreed to.
    if (error?.code === 'certificate-untrusted' && !isDomain) this.failures.push(error)
    else {
      const certificate = evidence?.certificate ?? null
      this.failures.push({ code: 'consent-needed', endpoint: from, host: url.hostname, certificate })
    }
    return null
  }

  /** Tells of a target that is not followed. Discovery goes on with the next place. */
  private refuse(from: string, target: string, detail: string): null {
    this.failures.push({ code: 'redirect-refused', endpoint: from, target })
    this.teller.tell('redirect', target, { status: null, outcome: 'refused', detail })
    return null
  }
}

/** No URL is asked twice for one address. */
function keyOf({ url }: AutodiscoverCandidate, address: SmtpAddress): string {
  return `${new URL(url).href} ${address}`
}
