/** What a person reads: what happened, and the next step. Plain text, whole sentences, no "we", no "oops". */
export interface ErrorWords {
  readonly title: string
  readonly nextStep: string
}
