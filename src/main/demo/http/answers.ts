/** What a request is about, as the log names it. */
export interface Subject {
  readonly operation: string
  /** The mailbox and size that were asked about, when it was about one. */
  readonly address?: string
  readonly sizeCode?: string
}

/** What the server answers a request with. */
export interface Answer extends Subject {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | string
}

/** Who answers a question. */
export interface Route {
  /** What the question is about, without answering it. */
  describe(): Subject
  /** @param caller the address that signed in; null: nobody known */
  respond(caller: string | null): Promise<Answer> | Answer
}

/** Finds who answers a question on this host; null: nobody. */
export type Router = (question: Question, host: string) => Route | null

/** A request as the parts of the server see it. */
export interface Question {
  readonly method: string
  readonly url: URL
  readonly contentType: string
  readonly ifNoneMatch: string | null
  readonly body: string
}

/** An answer without a body. */
export function emptyAnswer(operation: string, status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { operation, status, headers, body: '' }
}

/** An answer in XML. */
export function xmlAnswer(operation: string, status: number, body: string): Answer {
  return {
    operation,
    status,
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body: `<?xml version="1.0" encoding="utf-8"?>${body}`,
  }
}
