// `npm run bench`: what Rollcall costs, as ratios against curl in one run, and what a keystroke costs.
import { parseArgs } from 'node:util'
import { benchSearch } from './search.ts'
import { compareSyncs, type SyncComparison } from './sync.ts'

const { values } = parseArgs({ options: { people: { type: 'string', default: '2000' } } })

for (const comparison of await compareSyncs(Number(values.people))) console.log(describe(comparison))
await benchSearch()

function describe({ name, photos, rollcall, curl }: SyncComparison): string {
  const rate = (seconds: number) => `${Math.round(photos / seconds)} photos/s`
  const speed = (curl.seconds / rollcall.seconds).toFixed(2)
  const cpu =
    rollcall.cpuSeconds === null || curl.cpuSeconds === null
      ? ''
      : `; CPU a photo ${perPhotoMs(rollcall.cpuSeconds, photos)} ms, curl ${perPhotoMs(curl.cpuSeconds, photos)} ms, ` +
        `${(rollcall.cpuSeconds / curl.cpuSeconds).toFixed(2)} × curl`
  return `${name}, ${photos} photos: ${rate(rollcall.seconds)}, curl ${rate(curl.seconds)}, ${speed} × curl${cpu}`
}

function perPhotoMs(cpuSeconds: number, photos: number): string {
  return ((cpuSeconds * 1000) / photos).toFixed(2)
}
