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
  const invocationId = header(request, 'amz-sdk-invocation-id')
  if (invocationId === undefined || invocationId === '' || invocationId.length > LONGEST_ID) return undefined
  const [, count = '1'] = /(?:^|[;\s])attempt=(\d{1,4})\b/.exec(header(request, 'amz-sdk-request') ?? '') ?? []
  return { invocationId, attempt: Number(count) }
}
