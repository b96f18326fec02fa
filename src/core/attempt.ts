import { header } from './exchange.ts'

/** Which try of which logical call a request is, as the SDKs say it. */
export interface Attempt {
  /** The same on all tries of one call. */
  readonly invocationId: string
  /** From 1. */
  readonly attempt: number
}

const LONGEST_ID = 128

/** `amz-sdk-invocation-id` and `amz-sdk-request: attempt=2; max=3`. `undefined` for clients that send neither. */
export function attemptOf(request: { readonly rawHeaders: readonly string[] }): Attempt | undefined {
  const invocationId = invocationOf(request)
  return invocationId === undefined ? undefined : { invocationId, attempt: attemptNumber(request) ?? 1 }
}

/** The same on all tries of one call; `undefined` for clients that do not say. */
export function invocationOf(request: { readonly rawHeaders: readonly string[] }): string | undefined {
  const id = header(request, 'amz-sdk-invocation-id')
  return id === undefined || id === '' || id.length > LONGEST_ID ? undefined : id
}

/** Which try it is, from 1; `undefined` for clients that do not say. */
export function attemptNumber(request: { readonly rawHeaders: readonly string[] }): number | undefined {
  return numberIn(request, ATTEMPT)
}

/** How many tries there will be at most, as far as the client says so. */
export function mostAttempts(request: { readonly rawHeaders: readonly string[] }): number | undefined {
  return numberIn(request, MOST)
}

const ATTEMPT = /(?:^|[;\s])attempt=(\d{1,4})\b/
const MOST = /(?:^|[;\s])max=(\d{1,4})\b/

function numberIn(request: { readonly rawHeaders: readonly string[] }, pattern: RegExp): number | undefined {
  const said = header(request, 'amz-sdk-request')
  const found = said === undefined ? undefined : pattern.exec(said)?.[1]
  return found === undefined ? undefined : Number(found)
}
