import type { AppError } from './errors.ts'

/** What a function that can fail in an expected way returns. A throw is a bug. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppError }

/** A success. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value }
}

/** An expected failure. */
export function fail(error: AppError): { readonly ok: false; readonly error: AppError } {
  return { ok: false, error }
}
