/** The operating system's code of a failure, such as `EACCES`; `unknown` when there is none. */
export function systemCodeOf(error: unknown): string {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
  return code ?? 'unknown'
}
