import { hash } from 'node:crypto'
import { attemptNumber } from '../../core/attempt.ts'
import { type Exchange, isDecodeFailure } from '../../core/exchange.ts'
import type { Service } from '../../core/service.ts'
import { replaceTokens } from '../../core/token-shape.ts'

/** What one call says, as far as it is the same in every run. */
export interface CallContent {
  /** For people: `SendMessage orders`. */
  readonly words: string
  /** 16 digits of hex. */
  readonly digest: string
}

/**
 * Two calls of two runs have the same content when a test would call them the same: service, operation, queue, try and
 * input, without what servers and clients make up anew each time. Kinds stand for ids and times, and of the address of a
 * queue only its name is left: hosts, ports and sessions differ from run to run.
 */
export function contentOf(exchange: Exchange, service: Service | undefined): CallContent {
  const call = exchange.call()
  const attempt = attemptNumber(exchange.request) ?? 0
  if (isDecodeFailure(call)) {
    const { method, target, body } = exchange.request
    const path = target.split('?', 1)[0] as string
    return { words: method, digest: digestOf([exchange.service, method, path, attempt, body.toString('latin1')]) }
  }
  const { resource } = service?.describe?.(call, undefined) ?? {}
  const said = JSON.stringify(steady(call.input, service?.minted ?? {}))
  return {
    words: resource === undefined ? call.operation : `${call.operation} ${resource}`,
    digest: digestOf([exchange.service, call.operation, resource ?? '', attempt, said]),
  }
}

const DIGITS = 16

function digestOf(parts: readonly (string | number)[]): string {
  const text = parts.join('\n')
  return hash(
    'sha256',
    replaceTokens(text, (kind) => `<${kind}>`),
  ).slice(0, DIGITS)
}

/** Members in one order, without those that the server makes up. */
function steady(value: unknown, minted: Service['minted']): unknown {
  if (typeof value === 'string') return withoutHost(value)
  if (typeof value !== 'object' || value === null) return value
  if (Buffer.isBuffer(value)) return value.toString('latin1')
  if (Array.isArray(value)) return value.map((item) => steady(item, minted))
  const names = Object.keys(value).toSorted()
  return names.map((name) => [
    name,
    Object.hasOwn(minted, name) ? minted[name] : steady((value as Record<string, unknown>)[name], minted),
  ])
}

function withoutHost(text: string): string {
  return /^https?:\/\/\S+$/.test(text) ? text.slice(text.lastIndexOf('/') + 1) : text
}
