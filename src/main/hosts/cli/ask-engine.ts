import { ORPCError } from '@orpc/client'
import { appErrorSchema } from '../../../shared/errors.ts'
import { fail, ok, type Result } from '../../../shared/result.ts'

/** Makes a call's expected failure a value again. Anything else that is thrown is a bug, and goes on. */
export async function askEngine<T>(call: Promise<T>): Promise<Result<T>> {
  try {
    return ok(await call)
  } catch (cause) {
    const error = cause instanceof ORPCError && cause.code === 'APP' ? appErrorSchema.safeParse(cause.data) : null
    if (error?.success === true) return fail(error.data)
    throw cause
  }
}
