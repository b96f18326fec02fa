import * as v from 'valibot'
import { parseDuration } from '../core/duration.ts'
import { type Exchange, header, type Outcome } from '../core/exchange.ts'
import { defineEffect, type Firing } from './effect.ts'
import { findError } from '../core/find-error.ts'
import { HTTP_LEGS } from './legs.ts'
import { errorReply, withHeaders } from './reply.ts'

const EXPECTED = 'expected a duration like "1h" or "-10m"'

/** How far SQS lets a signature's date be from its own, as its errors say; and it is the same for what a URL is signed for. */
const TOLERATED_MINUTES = 15
const TOLERATED_MS = TOLERATED_MINUTES * 60_000

/**
 * The server's clock is ahead, or behind. It refuses what was signed at another time, and its `Date` says what time it
 * is: SDKs that correct their clock by it sign the next try so that it passes.
 */
export const clockSkew = defineEffect({
  name: 'clockSkew',
  summary: "the server's clock is ahead or behind: signatures of another time are refused, Date tells the time",
  args: v.pipe(
    v.union([v.string(), v.number()], EXPECTED),
    v.check((given) => parseSkew(given) !== undefined, EXPECTED),
    v.transform((given) => parseSkew(given) as number),
  ),
  example: '1h',
  legs: HTTP_LEGS,
  answers: true,
  inject: (skewMs) => async (exchange, next, firing) => {
    const nowMs = firing.wall.nowMs() + skewMs
    const refused = refusalOf(exchange, firing, nowMs)
    const outcome = refused ?? (await next(exchange))
    if (outcome.kind === 'failure') return outcome
    firing.happened(
      refused === undefined ? 'after-commit' : 'before-commit',
      refused === undefined ? 'clockSkew Date' : 'clockSkew refused',
    )
    return withHeaders(outcome, { Date: new Date(nowMs).toUTCString() })
  },
})

function parseSkew(given: string | number): number | undefined {
  const text = String(given).trim()
  if (!text.startsWith('-')) return parseDuration(given)
  const ms = parseDuration(text.slice(1))
  return ms === undefined ? undefined : -ms
}

/** In AWS's words. What is not signed has no date. */
function refusalOf(exchange: Exchange, firing: Firing, nowMs: number): Outcome | undefined {
  const signed = signedAt(exchange)
  const error = firing.service && findError(firing.service, 'InvalidSignatureException')
  if (signed === undefined || error === undefined) return undefined
  const { text, atMs } = signed
  const earliestMs = nowMs - TOLERATED_MS
  const latestMs = nowMs + TOLERATED_MS
  const now = basic(nowMs)
  if (atMs < earliestMs) {
    const message = `Signature expired: ${text} is now earlier than ${basic(earliestMs)} (${now} - ${TOLERATED_MINUTES} min.)`
    return errorReply(exchange, { ...error, message })
  }
  if (atMs <= latestMs) return undefined
  const message = `Signature not yet current: ${text} is still later than ${basic(latestMs)} (${now} + ${TOLERATED_MINUTES} min.)`
  return errorReply(exchange, { ...error, message })
}

interface Signed {
  readonly text: string
  readonly atMs: number
}

function signedAt({ request }: Exchange): Signed | undefined {
  const inUrl = /[?&]X-Amz-Date=([^&]+)/.exec(request.target)?.[1]
  const text = inUrl ?? header(request, 'x-amz-date')
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '')?.map(Number) ?? []
  if (text === undefined || year === undefined) return undefined
  return { text, atMs: Date.UTC(year, (month as number) - 1, day, hour, minute, second) }
}

/** `20261122T181500Z` */
function basic(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '')
}
