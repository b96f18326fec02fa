import type { ApiError } from '../core/errors.ts'

/**
 * An error as an answer tells it, completed by the service's own row of it: with what the other protocol would have said.
 * `spoken` is the row as this protocol says it. What the answer says differently counts.
 */
export function knownError(told: ApiError, row: ApiError | undefined, spoken = row): ApiError {
  if (row === undefined || spoken === undefined) return told
  const status = told.status === spoken.status ? row.status : told.status
  const other = told.status === spoken.status ? row.query?.status : undefined
  const isItsText = told.message === spoken.message
  const query = {
    ...(other !== undefined && { status: other }),
    ...(isItsText && row.query?.message !== undefined && { message: row.query.message }),
  }
  return {
    shape: row.shape,
    code: told.code,
    status,
    fault: told.fault,
    message: isItsText ? row.message : told.message,
    ...(Object.keys(query).length > 0 && { query }),
  }
}
