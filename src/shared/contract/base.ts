import { oc } from '@orpc/contract'
import { appErrorSchema } from '../errors.ts'

/** Every call can fail with `APP`, whose data is an AppError. Anything else that is thrown is a bug and crosses as an incident. */
export const procedure = oc.errors({ APP: { data: appErrorSchema } })
