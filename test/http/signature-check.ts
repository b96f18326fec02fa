import { createHash, createHmac } from 'node:crypto'
import { header, type HttpRequest } from '../../src/core/exchange.ts'

/**
 * What is wrong with the signature of a request, as AWS would judge it; `undefined` when nothing is. Written after AWS's
 * "Create a signed AWS API request", and on purpose without a library.
 */
export function signatureComplaint(
  request: HttpRequest,
  secrets: Readonly<Record<string, string>>,
): string | undefined {
  const authorization = header(request, 'authorization') ?? ''
  const [, key = '', date = '', region = '', service = '', signedHeaders = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/.exec(
      authorization,
    ) ?? []
  if (signature === undefined) return `no signature: ${authorization}`
  const secret = secrets[key]
  if (secret === undefined) return `unknown key ${key}`
  const amzDate = header(request, 'x-amz-date') ?? ''
  if (!amzDate.startsWith(date)) return 'another date in the scope'
  const names = signedHeaders.split(';')
  const unsigned = headerNames(request).filter((name) => /^(?:host|x-amz-.*)$/.test(name) && !names.includes(name))
  if (unsigned.length > 0) return `not signed: ${unsigned.join(', ')}`
  const bodyHash = sha256(request.body)
  const told = header(request, 'x-amz-content-sha256')
  if (told !== undefined && told !== bodyHash) return 'another body'
  const [path = '', query = ''] = request.target.split('?')
  const canonical = [
    request.method,
    path.split('/').map(encoded).join('/'),
    query.split('&').toSorted(byNameThenValue).join('&'),
    ...names.map((name) => `${name}:${valueOf(request, name)}`),
    '',
    signedHeaders,
    bodyHash,
  ].join('\n')
  const scope = `${date}/${region}/${service}/aws4_request`
  const signingKey = [date, region, service, 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`))
  const wanted = hmac(signingKey, ['AWS4-HMAC-SHA256', amzDate, scope, sha256(Buffer.from(canonical))].join('\n'))
  return wanted.toString('hex') === signature ? undefined : `another signature, of\n${canonical}`
}

function byNameThenValue(a: string, b: string): number {
  const [aName = '', aValue = ''] = a.split('=')
  const [bName = '', bValue = ''] = b.split('=')
  return compared(aName, bName) || compared(aValue, bValue)
}

function compared(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

function headerNames({ rawHeaders }: HttpRequest): string[] {
  return rawHeaders.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase())
}

function valueOf(request: HttpRequest, name: string): string {
  const values = request.rawHeaders.filter((_, at, raw) => at % 2 === 1 && raw[at - 1]?.toLowerCase() === name)
  return values.map((value) => value.trim().replace(/ +/g, ' ')).join(',')
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`)
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
