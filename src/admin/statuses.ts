import { json } from '../core/admin-route.ts'
import type { PipitError } from '../core/errors.ts'
import type { HttpResponse } from '../core/exchange.ts'

/** What went wrong, by the code of the PipitError that says it; every other code is the asker's mistake. */
const STATUSES: Readonly<Record<string, number>> = {
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  unmet: 409,
  'too-large': 413,
  'too-many': 429,
  bug: 500,
}

/** One form for every complaint of the control plane: what is wrong and what to do, and a code for programs. */
export function complaintAnswer(error: PipitError): HttpResponse {
  return json(STATUSES[error.code] ?? 400, { error: error.message, code: error.code })
}
