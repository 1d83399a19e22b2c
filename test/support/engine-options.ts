import type { EngineOptions, HostCapabilities } from '../../src/main/engine/host-ports.ts'

/** Options of an engine in a fresh folder, with nothing open and nothing of the operating system touched. */
export function engineOptions(dataDir: string, more: Partial<EngineOptions> = {}): EngineOptions {
  return {
    dataDir,
    appInfo: { version: '0.0.0', host: 'test', canChooseFolder: true, photoBase: '/photo' },
    network: { extraCaPem: [], resolveRules: [], dnsServer: null, concurrency: null },
    secrets: 'this-run',
    logLevel: 'silent',
    open: 'nothing',
    ...more,
  }
}

/** A host without a dialog, a file manager and a demo. */
export function bareHost(more: Partial<HostCapabilities> = {}): HostCapabilities {
  return { chooseFolder: async () => null, revealFolder: async () => false, startDemo: null, ...more }
}
