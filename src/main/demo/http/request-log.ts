import type { DemoRequest } from '../demo-types.ts'

/** The last requests, oldest first. */
export interface RequestLog {
  add(request: DemoRequest): void
  list(operation?: string): DemoRequest[]
  clear(): void
}

/** Requests that are kept at least, and how many are dropped at a time beyond that. */
const KEPT = 200_000
const DROPPED = 50_000

/** Opens an empty log. */
export function createRequestLog(): RequestLog {
  let requests: DemoRequest[] = []
  return {
    add: (request) => {
      requests.push(request)
      if (requests.length > KEPT + DROPPED) requests = requests.slice(DROPPED)
    },
    list: (operation) => requests.filter((request) => operation === undefined || request.operation === operation),
    clear: () => {
      requests = []
    },
  }
}
