import type { ConnectionStep, Endpoints } from '../../../shared/connections.ts'
import type { AppError } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'
import { domainOf, parseSmtpAddress, type SmtpAddress } from '../../../shared/smtp-address.ts'
import type { Clock } from '../ports.ts'
import {
  type CandidatePair,
  candidatePairs,
  httpRedirectCandidate,
  orderSrvTargets,
  pairAt,
  pairOf,
} from './autodiscover-candidates.ts'
import { describeAnswer, stepNameOf } from './describe-answer.ts'
import { isTrustedHost, judgeRedirect, MAX_HOPS } from './judge-redirect.ts'
import type { AutodiscoverAnswer, AutodiscoverCandidate, AutodiscoverClient, SrvResolver } from './ports.ts'

export interface DiscoverOptions {
  readonly address: SmtpAddress
  readonly client: AutodiscoverClient & SrvResolver
  readonly signal: AbortSignal
  readonly clock: Clock
  /** Hears of every step as it ends. */
  readonly onStep: (step: ConnectionStep) => void
}

/** What discovery did, step by step, and what it came to. */
export interface Discovery {
  readonly steps: ConnectionStep[]
  readonly result: Result<Endpoints>
}

/**
 * Finds the Exchange server of an address by Autodiscover: its places in their order, every redirect judged before it is
 * followed. Ends at once when a password is refused. Fails with `unauthorized`, `redirect-refused`,
 * `certificate-untrusted`, `not-supported`, `cancelled` or `server-not-found`.
 * @see protocol.md 2
 */
export async function discover(options: DiscoverOptions): Promise<Discovery> {
  const walk = new Walk(options)
  const result = await walk.start(options.address)
  return { steps: walk.steps, result }
}

/** How asking one place ended; null: nothing here, go on. */
type Ending = Result<Endpoints> | null

/** One discovery: what was tried, what went wrong, how many redirects were followed. */
class Walk {
  readonly steps: ConnectionStep[] = []
  private readonly options: DiscoverOptions
  private readonly mailDomain: string
  private readonly tried = new Set<string>()
  private readonly hosts = new Set<string>()
  private readonly failures: AppError[] = []
  private hops = 0

  constructor(options: DiscoverOptions) {
    this.options = options
    this.mailDomain = domainOf(options.address)
  }

  async start(address: SmtpAddress): Promise<Result<Endpoints>> {
    const ending = await this.walkDomain(address)
    if (ending !== null) return ending
    return fail(chooseFailure(this.failures, this.mailDomain) ?? this.notFound())
  }

  private notFound(): AppError {
    return { code: 'server-not-found', address: this.options.address, tried: [...this.hosts] }
  }

  /** Every place of an address's domain, in order. */
  private async walkDomain(address: SmtpAddress): Promise<Ending> {
    const domain = domainOf(address)
    for (const pair of candidatePairs(domain)) {
      const ending = await this.askPair(pair, address)
      if (ending !== null) return ending
    }
    return (await this.ask(httpRedirectCandidate(domain), address)).ending ?? this.walkSrv(domain, address)
  }

  private async walkSrv(domain: string, address: SmtpAddress): Promise<Ending> {
    const { client, signal, clock } = this.options
    const name = `_autodiscover._tcp.${domain}`
    const startedMs = clock.nowMs()
    const targets = orderSrvTargets(await client.resolveSrv(name, signal))
    const detail =
      targets.length > 0 ? `It names ${targets.map((one) => one.host).join(', ')}.` : 'There is no SRV record.'
    const outcome = targets.length > 0 ? 'found' : 'nothing-here'
    this.tell({
      name: 'srv-lookup',
      url: `dns:${name}`,
      status: null,
      durationMs: clock.nowMs() - startedMs,
      outcome,
      detail,
    })
    for (const { host } of targets) {
      if (!isTrustedHost(host, this.mailDomain)) {
        this.refuse(
          `dns:${name}`,
          `https://${host}`,
          `${host} lies outside ${this.mailDomain}, so it is not given the password.`,
        )
        continue
      }
      const ending = await this.askPair(pairAt(host), address)
      if (ending !== null) return ending
    }
    return null
  }

  /** SOAP first; POX only where a server answered but does not speak SOAP. */
  private async askPair({ soap, pox }: CandidatePair, address: SmtpAddress): Promise<Ending> {
    const first = await this.ask(soap, address)
    if (first.ending !== null || first.answer?.kind !== 'nothing-here') return first.ending
    return (await this.ask(pox, address)).ending
  }

  private async ask(
    candidate: AutodiscoverCandidate,
    address: SmtpAddress,
  ): Promise<{ answer: AutodiscoverAnswer | null; ending: Ending }> {
    const { client, signal, clock } = this.options
    if (signal.aborted) return { answer: null, ending: fail({ code: 'cancelled' }) }
    const key = `${candidate.method} ${candidate.url} ${address}`
    if (this.tried.has(key)) return { answer: null, ending: null }
    this.tried.add(key)
    this.hosts.add(new URL(candidate.url).host)
    const startedMs = clock.nowMs()
    const answer = await client.ask(candidate, address, signal)
    const step = { name: stepNameOf(candidate.method), url: candidate.url, status: answer.status }
    this.tell({ ...step, durationMs: clock.nowMs() - startedMs, ...describeAnswer(answer) })
    return { answer, ending: await this.act(answer, candidate, address) }
  }

  private async act(answer: AutodiscoverAnswer, from: AutodiscoverCandidate, address: SmtpAddress): Promise<Ending> {
    switch (answer.kind) {
      case 'settings':
        return ok(answer.endpoints)
      case 'nothing-here':
        return null
      case 'redirect-url':
        return this.followUrl(answer.url, from, address)
      case 'redirect-address':
        return this.followAddress(answer.address, from, address)
      case 'failed':
        if (isFinal(answer.error)) return fail(answer.error)
        this.failures.push(answer.error)
        return null
    }
  }

  private async followUrl(target: string, from: AutodiscoverCandidate, address: SmtpAddress): Promise<Ending> {
    const verdict = judgeRedirect(target, this.mailDomain)
    if (verdict.kind === 'refuse') return this.refuse(from.url, verdict.target, verdict.detail)
    if (!this.countHop(from.url, verdict.url.href)) return null
    const pair = pairOf(verdict.url)
    if (from.method === 'http-redirect') return this.askPair(pair, address)
    return (await this.ask(pair[from.method], address)).ending
  }

  /** Starts over with the new address; the sign-in stays that of the original user (protocol.md 2.3). */
  private async followAddress(target: string, from: AutodiscoverCandidate, address: SmtpAddress): Promise<Ending> {
    const next = parseSmtpAddress(target)
    if (next === null || next === address) return this.refuse(from.url, '', 'The redirect names no other address.')
    const domain = domainOf(next)
    if (!isTrustedHost(domain, this.mailDomain)) {
      const detail = `${domain} lies outside ${this.mailDomain}, so its servers are not given the password.`
      return this.refuse(from.url, `https://${domain}`, detail)
    }
    return this.countHop(from.url, next) ? this.walkDomain(next) : null
  }

  private countHop(from: string, target: string): boolean {
    this.hops += 1
    if (this.hops <= MAX_HOPS) return true
    this.refuse(from, target, `There were more than ${MAX_HOPS} redirects.`)
    return false
  }

  /** Tells of a target that is not followed. Discovery goes on with the next place. */
  private refuse(from: string, target: string, detail: string): null {
    this.failures.push({ code: 'redirect-refused', endpoint: from, target })
    this.tell({ name: 'redirect', url: target, status: null, durationMs: 0, outcome: 'refused', detail })
    return null
  }

  private tell(step: ConnectionStep): void {
    this.steps.push(step)
    this.options.onStep(step)
  }
}

/** After these nothing more is asked: more tries would harm, or cannot help. */
function isFinal(error: AppError): boolean {
  if (error.code === 'unauthorized') return error.hint !== 'scheme-not-offered'
  return error.code === 'cancelled' || error.code === 'not-supported'
}

/**
 * The failure that explains most. The bare domain is often a web site with another certificate: that says nothing.
 */
function chooseFailure(failures: readonly AppError[], mailDomain: string): AppError | null {
  const telling = failures.filter(
    (error) => error.code !== 'certificate-untrusted' || new URL(error.endpoint).hostname !== mailDomain,
  )
  for (const code of ['certificate-untrusted', 'unauthorized', 'redirect-refused', 'throttled', 'forbidden'] as const) {
    const found = telling.find((error) => error.code === code)
    if (found !== undefined) return found
  }
  return null
}
