import { toHostName } from '../../../shared/host-name.ts'
import type { SrvTarget } from './ports.ts'

const HTTPS_PORT = 443

/**
 * SRV targets worth asking, in the order of RFC 2782: the lowest priority number first; within one priority drawn by
 * weight, so that a target of weight 20 comes before one of weight 10 twice as often. Only one port counts; `.` means that
 * the service is not offered.
 * @param random gives numbers from 0 up to, not including, 1
 * @param port that of https, where nothing else is said
 * @see RFC 2782; protocol.md 0.6
 */
export function orderSrvTargets(
  targets: readonly SrvTarget[],
  random: () => number,
  port: number = HTTPS_PORT,
): SrvTarget[] {
  const usable = targets.flatMap((target) => {
    const host = toHostName(target.host)
    return host === null || target.port !== port ? [] : [{ ...target, host }]
  })
  const priorities = [...new Set(usable.map(({ priority }) => priority))].sort((a, b) => a - b)
  return priorities.flatMap((priority) =>
    drawByWeight(
      usable.filter((target) => target.priority === priority),
      random,
    ),
  )
}

function drawByWeight(group: readonly SrvTarget[], random: () => number): SrvTarget[] {
  // Those of weight 0 stand first, so that they are drawn only when the number is 0, as the RFC says.
  const left = [...group].sort((a, b) => a.weight - b.weight || (a.host < b.host ? -1 : 1))
  const drawn: SrvTarget[] = []
  while (left.length > 0) {
    const total = left.reduce((sum, { weight }) => sum + weight, 0)
    const chosen = Math.floor(random() * (total + 1))
    let sum = 0
    const at = left.findIndex(({ weight }) => {
      sum += weight
      return sum >= chosen
    })
    drawn.push(...left.splice(Math.max(at, 0), 1))
  }
  return drawn
}
