import type { NetworkOptions } from '../core/connections/ports.ts'
import type { EngineParts } from './engine-parts.ts'
import type { EngineOptions } from './host-ports.ts'

/** The network options in full: from the command line where it says something, else from the settings. */
export function networkFor(
  { options, settings, log }: Pick<EngineParts, 'options' | 'settings' | 'log'>,
  { extraCaPem, resolveRules, dnsServer }: Omit<EngineOptions['network'], 'concurrency' | 'silenceMs'>,
): NetworkOptions {
  const { concurrency, maxPhotoBytes } = settings.read().library
  return {
    extraCaPem,
    resolveRules,
    dnsServer,
    concurrency: options.network.concurrency ?? concurrency,
    maxPhotoBytes,
    silenceMs: options.network.silenceMs,
    log,
  }
}
