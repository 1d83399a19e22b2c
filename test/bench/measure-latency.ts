import { once } from 'node:events'
import { Agent, get } from 'node:https'
import type { PhotoServerFacts } from './photo-server.ts'

/**
 * How long a server takes for one question when nothing else goes on: the median over one connection that is kept (ms). Timers
 * are late by a millisecond or two, and more on a busy machine: what a line is told to delay is not what it delays.
 */
export async function measureLatency({ host, port, caPem }: PhotoServerFacts, probes: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: caPem, servername: host })
  const times: number[] = []
  for (let probe = 0; probe < probes; probe += 1) {
    const startMs = performance.now()
    const [answer] = await once(get({ host: '127.0.0.1', port, path: '/', headers: { host }, agent }), 'response')
    answer.resume()
    await once(answer, 'end')
    times.push(performance.now() - startMs)
  }
  agent.destroy()
  return times.toSorted((left, right) => left - right)[Math.floor(probes / 2)] ?? Number.NaN
}
