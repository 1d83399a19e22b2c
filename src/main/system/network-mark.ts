import { networkInterfaces } from 'node:os'

/** The addresses that this computer has now, loopback left out: another text means another network. */
export function networkMark(): string {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal }) => !internal)
    .map(({ address }) => address)
    .toSorted()
    .join(' ')
}
