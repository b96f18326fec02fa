import { createHash, createHmac } from 'node:crypto'
import type { Headers } from './send.ts'

export interface Identity {
  readonly accessKey: string
  readonly secretKey: string
  readonly sessionToken?: string
  readonly region: string
}

/** Headers with a Signature Version 4 over all of them: the real service answers nobody without. */
export function signed(
  identity: Identity,
  request: { readonly host: string; readonly path: string; readonly headers: Headers; readonly body: string },
  now: Date,
): Headers {
  const time = now.toISOString().replaceAll(/[:-]|\.[0-9]{3}/g, '')
  const headers: Record<string, string> = { ...request.headers, host: request.host, 'x-amz-date': time }
  if (identity.sessionToken !== undefined) headers['x-amz-security-token'] = identity.sessionToken
  const names = Object.keys(headers).toSorted()
  const canonical = [
    'POST',
    request.path,
    '',
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    sha256(request.body),
  ].join('\n')
  const scope = [time.slice(0, 8), identity.region, 'sqs', 'aws4_request']
  const key = scope.reduce<string | Buffer>((secret, part) => hmac(secret, part), `AWS4${identity.secretKey}`)
  const signature = hmac(key, ['AWS4-HMAC-SHA256', time, scope.join('/'), sha256(canonical)].join('\n')).toString('hex')
  const credential = `Credential=${identity.accessKey}/${scope.join('/')}`
  const authorization = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=${names.join(';')}, Signature=${signature}`
  return { ...headers, authorization }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
