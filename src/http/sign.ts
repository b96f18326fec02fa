import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Clock } from '../core/clock.ts'
import { percentDecoded } from '../core/percent.ts'
import type { Scope, Signer, UpstreamRequest } from '../core/upstream.ts'
import type { CredentialChain, Credentials } from './credentials.ts'

/** What a signature consists of: the client's was made with other keys, for another host. */
const SIGNATURE_HEADERS = new Set([
  'authorization',
  'x-amz-date',
  'date',
  'x-amz-security-token',
  'x-amz-content-sha256',
])
const SIGNATURE_PARAMETERS = new Set([
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-date',
  'x-amz-expires',
  'x-amz-security-token',
  'x-amz-signature',
  'x-amz-signedheaders',
])

/** Others may be changed on the way. */
const SIGNED = /^(?:host|content-type|x-amzn?-.*)$/

/** AWS refuses a signature that is older, or younger, by five minutes. */
const MOST_SKEW_MS = 5 * 60 * 1000

export function createSigner(chain: CredentialChain, clock: Clock): Signer {
  let offsetMs = 0
  return {
    async identity() {
      const found = await chain.find()
      return 'kind' in found ? found : found.identity
    },
    async sign(request, scope) {
      const found = await chain.find()
      if ('kind' in found) return found
      return sign(request, scope, found.credentials, new Date(clock.nowMs() + offsetMs))
    },
    correctClock(date) {
      const wantedMs = Date.parse(date ?? '') - clock.nowMs()
      if (Number.isNaN(wantedMs) || Math.abs(wantedMs - offsetMs) < MOST_SKEW_MS) return false
      offsetMs = wantedMs
      return true
    },
    renew: () => chain.renew(),
  }
}

async function sign(
  request: UpstreamRequest,
  { region, service }: Scope,
  credentials: Credentials,
  signingDate: Date,
): Promise<UpstreamRequest> {
  const { method, body } = request
  const { protocol, hostname } = new URL(request.origin)
  const { path, parameters } = unsignedTarget(request.target)
  const rawHeaders = unsignedHeaders(request.rawHeaders)
  const signer = new SignatureV4({ credentials, region, service, sha256: Sha256 })
  const signed = await signer.sign(
    { method, protocol, hostname, path, query: bagOf(parameters), headers: signedHeaders(rawHeaders), body },
    { signingDate },
  )
  const added = Object.entries(signed.headers).filter(([name]) => SIGNATURE_HEADERS.has(name))
  return { ...request, target: path + textOf(parameters), rawHeaders: [...rawHeaders, ...added.flat()] }
}

type Parameter = readonly [name: string, value: string]

/** Decoded, to be written in the one form that a signature is made of: a space is `%20`, whatever the client wrote. */
function unsignedTarget(target: string): { path: string; parameters: readonly Parameter[] } {
  const query = target.indexOf('?')
  if (query < 0) return { path: target, parameters: [] }
  const parameters = target
    .slice(query + 1)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair): Parameter => {
      const [name, ...value] = pair.split('=')
      return [decoded(name ?? ''), decoded(value.join('='))]
    })
  return {
    path: target.slice(0, query),
    parameters: parameters.filter(([name]) => !SIGNATURE_PARAMETERS.has(name.toLowerCase())),
  }
}

function decoded(text: string): string {
  const spaced = text.replaceAll('+', ' ')
  // Node hands out the bytes of a request line as latin1.
  return percentDecoded(Buffer.from(spaced, 'latin1').toString('utf8')) ?? spaced
}

function bagOf(parameters: readonly Parameter[]): Record<string, string | string[]> {
  const bag = Object.create(null) as Record<string, string | string[]>
  for (const [name, value] of parameters) {
    const there = bag[name]
    bag[name] = there === undefined ? value : [there, value].flat()
  }
  return bag
}

function textOf(parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return ''
  return `?${parameters.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).join('&')}`
}

/** RFC 3986: what encodeURIComponent leaves alone beyond that. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function unsignedHeaders(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, at) => !SIGNATURE_HEADERS.has((rawHeaders[at - (at % 2)] as string).toLowerCase()))
}

/** Repeated ones are signed as a list. */
function signedHeaders(rawHeaders: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {}
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] as string).toLowerCase()
    const value = rawHeaders[i + 1] as string
    if (SIGNED.test(name)) headers[name] = name in headers ? `${headers[name]},${value}` : value
  }
  return headers
}

/** SHA-256 and its HMAC as the signer wants them. */
class Sha256 {
  readonly #hash: Hash | Hmac

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret))
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytesOf(data))
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }

  reset(): void {
    throw new TypeError('a hash is used once')
  }
}

function bytesOf(data: string | ArrayBuffer | ArrayBufferView): Buffer {
  if (typeof data === 'string') return Buffer.from(data)
  return ArrayBuffer.isView(data) ? Buffer.from(data.buffer, data.byteOffset, data.byteLength) : Buffer.from(data)
}
