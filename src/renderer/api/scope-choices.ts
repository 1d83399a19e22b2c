import type { Scope } from '../../shared/people.ts'

/** Whom a job can be about, as a dialog offers it. The first one with anybody in it is the likeliest. */
export interface ScopeChoice {
  readonly key: 'selected' | 'shown' | 'all'
  readonly count: number
  readonly scope: Scope
}

/** The likeliest scope: the first with anybody in it. */
export function likeliestScope(choices: readonly ScopeChoice[]): ScopeChoice['key'] {
  return choices.find(({ count }) => count > 0)?.key ?? 'all'
}
