import type { DemoBusyAnswer, DemoMoved, DemoPhotoRefusal, DemoSpoil } from '../demo-types.ts'
import { createSeededRandom } from '../organisation/seeded-random.ts'

/** What a request meets instead of its answer. */
export type Fault = { readonly kind: 'busy'; readonly answer: DemoBusyAnswer } | { readonly kind: 'reset' }

/** The faults that a test has asked for. */
export interface Faults {
  addBusy(after: number, answer: DemoBusyAnswer): void
  addReset(after: number, count: number): void
  setLatencyMs(latencyMs: number): void
  readonly latencyMs: number
  setGarbage(address: string, kind: 'bytes' | 'html'): void
  garbageFor(address: string): 'bytes' | 'html' | null
  setPhotoRefusal(refusal: DemoPhotoRefusal): void
  /** How every plain photo request is refused; null: it is answered. */
  readonly photoRefusal: DemoPhotoRefusal | null
  setMoved(host: string, how: DemoMoved): void
  /** How EWS at this host says that mailboxes have left it; null: they are there. */
  movedFrom(host: string): DemoMoved | null
  refuseSignIns(): void
  /** Every sign-in is refused, and those there were no longer hold. */
  readonly isRefusingSignIns: boolean
  setSpoils(part: number, ways: readonly DemoSpoil[], seed: string): void
  /** What becomes of the next photo's answer; null: it is sent as it is. */
  takeSpoil(): DemoSpoil | null
  /** Counts one request and says what it meets; null: its answer. */
  take(): Fault | null
  clear(): void
}

interface Planned {
  passesLeft: number
  hitsLeft: number
  readonly fault: Fault
}

/** No faults at first. Of several that are due the one that was asked for first comes first. */
export function createFaults(): Faults {
  let planned: Planned[] = []
  let latencyMs = 0
  let photoRefusal: DemoPhotoRefusal | null = null
  let isRefusingSignIns = false
  let spoil: () => DemoSpoil | null = () => null
  const moved = new Map<string, DemoMoved>()
  const garbage = new Map<string, 'bytes' | 'html'>()
  const add = (after: number, count: number, fault: Fault): void => {
    planned.push({ passesLeft: after, hitsLeft: count, fault })
  }
  return {
    addBusy: (after, answer) => add(after, answer.count ?? 1, { kind: 'busy', answer }),
    addReset: (after, count) => add(after, count, { kind: 'reset' }),
    setLatencyMs: (ms) => {
      latencyMs = ms
    },
    get latencyMs() {
      return latencyMs
    },
    setGarbage: (address, kind) => {
      garbage.set(address.toLowerCase(), kind)
    },
    garbageFor: (address) => garbage.get(address) ?? null,
    setPhotoRefusal: (refusal) => {
      photoRefusal = refusal
    },
    get photoRefusal() {
      return photoRefusal
    },
    setMoved: (host, how) => {
      moved.set(host.toLowerCase(), how)
    },
    movedFrom: (host) => moved.get(host) ?? null,
    refuseSignIns: () => {
      isRefusingSignIns = true
    },
    get isRefusingSignIns() {
      return isRefusingSignIns
    },
    setSpoils: (part, ways, seed) => {
      const random = createSeededRandom(seed)
      spoil = () => (random.next() < part ? random.pick(ways) : null)
    },
    takeSpoil: () => spoil(),
    take: () => {
      const due = planned.find(({ passesLeft }) => passesLeft === 0)
      for (const entry of planned) entry.passesLeft = Math.max(0, entry.passesLeft - 1)
      if (due === undefined) return null
      due.hitsLeft -= 1
      planned = planned.filter(({ hitsLeft }) => hitsLeft > 0)
      return due.fault
    },
    clear: () => {
      planned = []
      latencyMs = 0
      photoRefusal = null
      isRefusingSignIns = false
      garbage.clear()
      moved.clear()
      spoil = () => null
    },
  }
}
