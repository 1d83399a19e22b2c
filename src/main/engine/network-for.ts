import { MOST_REQUESTS_AT_ONCE } from '../../shared/settings.ts'
import type { NetworkOptions } from '../core/connections/ports.ts'
import { createProxyChooser } from '../system/choose-proxy.ts'
import type { EngineParts } from './engine-parts.ts'
import type { EngineOptions } from './host-ports.ts'

/** What one account trusts beside the system's CAs. */
export interface AccountTrust {
  readonly pins?: readonly string[] | undefined
  /** PEM. */
  readonly authorities?: readonly string[] | undefined
}

/**
 * The network options in full: from the command line where it says something, else from the settings.
 * @param trust what a person trusts for this account
 */
export function networkFor(
  { options, settings, log, host }: Pick<EngineParts, 'options' | 'settings' | 'log' | 'host'>,
  { extraCaPem, resolveRules, dnsServer }: Omit<EngineOptions['network'], 'concurrency' | 'silenceMs'>,
  { pins = [], authorities = [] }: AccountTrust = {},
): NetworkOptions {
  const { maxPhotoBytes } = settings.read().library
  return {
    extraCaPem: [...extraCaPem, ...authorities],
    resolveRules,
    dnsServer,
    pins: [...pins, ...(options.network.pins ?? [])],
    proxyFor: createProxyChooser({
      setting: settings.read().network.proxy,
      resolveProxy: host.resolveProxy ?? null,
    }),
    // The gate keeps to what is set, also when that is changed while the lines are open.
    concurrency: options.network.concurrency ?? MOST_REQUESTS_AT_ONCE,
    maxPhotoBytes,
    silenceMs: options.network.silenceMs,
    log,
  }
}
