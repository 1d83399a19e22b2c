import type { ExchangeConnector } from '../core/connections/ports.ts'
import { createAutodiscoverClient } from './autodiscover/create-autodiscover-client.ts'
import { openSession } from './open-session.ts'

/** The adapter to Exchange: Autodiscover and Exchange Web Services over https. */
export function createExchangeConnector(): ExchangeConnector {
  return { createAutodiscoverClient, openSession }
}
