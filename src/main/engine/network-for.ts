import type { NetworkOptions } from '../core/connections/ports.ts'
import { createProxyChooser } from '../system/choose-proxy.ts'
import type { EngineParts } from './engine-parts.ts'
import type { EngineOptions } from './host-ports.ts'

/**
 * The network options in full: from the command line where it says something, else from the settings.
 * @param pins what a person trusts for this account
 */
export function networkFor(
  { options, settings, log, host }: Pick<EngineParts, 'options' | 'settings' | 'log' | 'host'>,
  { extraCaPem, resolveRules, dnsServer }: Omit<EngineOptions['network'], 'concurrency' | 'silenceMs'>,
  pins: readonly string[] = [],
): NetworkOptions {
  const { concurrency, maxPhotoBytes } = settings.read().library
  return {
    extraCaPem,
    resolveRules,
    dnsServer,
    pins: [...pins, ...(options.network.pins ?? [])],
    proxyFor: createProxyChooser({
      setting: settings.read().network.proxy,
      resolveProxy: host.resolveProxy ?? null,
    }),
    concurrency: options.network.concurrency ?? concurrency,
    maxPhotoBytes,
    silenceMs: options.network.silenceMs,
    log,
  }
}
