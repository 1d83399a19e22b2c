import { readFileSync } from 'node:fs'

/** What one pass over all photos cost. */
export interface Cost {
  readonly seconds: number
  /** Processor time of the client alone, s; null where it cannot be read. */
  readonly cpuSeconds: number | null
}

/** Measures something done in this process: its time, and the processor time of all our threads. */
export async function measureHere(work: () => Promise<void>): Promise<Cost> {
  const cpuBefore = process.cpuUsage()
  const startMs = performance.now()
  await work()
  const seconds = (performance.now() - startMs) / 1000
  const { user, system } = process.cpuUsage(cpuBefore)
  return { seconds, cpuSeconds: (user + system) / 1_000_000 }
}

/** Measures something that is done by child processes which end meanwhile, such as curl. */
export async function measureChildren(work: () => Promise<void>): Promise<Cost> {
  const cpuBefore = childrenCpuSeconds()
  const startMs = performance.now()
  await work()
  const seconds = (performance.now() - startMs) / 1000
  const cpuAfter = childrenCpuSeconds()
  return { seconds, cpuSeconds: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore }
}

/** Processor time of all children that have ended, from Linux's accounts of this process (fields 16 and 17, in 1/100 s). */
function childrenCpuSeconds(): number | null {
  try {
    const afterName = readFileSync('/proc/self/stat', 'utf8').split(') ')[1] ?? ''
    const fields = afterName.split(' ')
    return (Number(fields[13]) + Number(fields[14])) / 100
  } catch {
    return null
  }
}

/** The middle value; of an even count the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]
  if (middle === undefined) throw new RangeError('No values.')
  return middle
}
