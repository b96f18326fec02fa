import { remembering } from '../core/remembering.ts'

/** SDKs put themselves first, but a framework may put itself before them: `APN/1.0 HashiCorp/1.0 … aws-sdk-go-v2/1.30`. */
const KNOWN = /(?:^|\s)(aws-cli|boto3|aws-sdk-[a-z0-9-]+|botocore)\/([\w.+-]{1,40})/i
const FIRST_PRODUCT = /^([\w.-]{1,40})(?:\/([\w.+-]{1,40}))?/

/** One process talks to few kinds of clients; a client that makes up names must not fill the memory. */
const MOST_REMEMBERED = 256
const nameIn = remembering(MOST_REMEMBERED, parse)

/** `aws-sdk-js 3.1169`, `boto3 1.43.11`: who is calling, from its User-Agent. `undefined` when it does not say. */
export function clientName(userAgent: string | undefined): string | undefined {
  return userAgent === undefined ? undefined : nameIn(userAgent)
}

function parse(userAgent: string): string | undefined {
  const [, product, version] = KNOWN.exec(userAgent) ?? FIRST_PRODUCT.exec(userAgent) ?? []
  if (product === undefined) return undefined
  const name = /^boto/i.test(product) ? product.toLowerCase() : product
  return version === undefined ? name : `${name} ${version.replace(/^(\d+\.\d+)\.0$/, '$1')}`
}
