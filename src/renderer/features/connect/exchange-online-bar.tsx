import { EXCHANGE_ONLINE_WORDS } from '../../../shared/exchange-online.ts'
import { ErrorWords } from '../../ui/error-words.tsx'

/** What the end of EWS in Exchange Online means, and what to do (F11). */
export function ExchangeOnlineBar() {
  const { title, text, nextStep } = EXCHANGE_ONLINE_WORDS
  return <ErrorWords intent="warning" title={title} nextStep={`${text} ${nextStep}`} />
}
