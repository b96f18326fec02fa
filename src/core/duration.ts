import * as v from 'valibot'

const UNITS_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

const NUMBER = String.raw`\d{1,12}(?:\.\d{1,9})?`
const BARE = new RegExp(`^${NUMBER}$`)
const WHOLE = new RegExp(`^(?:${NUMBER}(?:ms|[smhd]))+$`)
const PART = new RegExp(`(${NUMBER})(ms|[smhd])`, 'g')

/** Far above all that anybody waits for (a queue's retention is two weeks), far below where dates end. */
const LONGEST_MS = 3660 * 86_400_000

const EXPECTED = 'expected a duration like "200ms"'

/**
 * `200ms`, `1.5s`, `1m30s`, `14d`, or milliseconds without a unit, as a number or a text. Answers milliseconds;
 * `undefined` for everything else, and above ten years.
 */
export function parseDuration(given: unknown): number | undefined {
  const ms = typeof given === 'number' ? given : typeof given === 'string' ? parseText(given.trim()) : NaN
  return ms >= 0 && ms <= LONGEST_MS ? ms : undefined
}

/** A duration as somebody writes it into a rule or the config; its output is milliseconds. */
export const duration = v.pipe(
  v.union([v.string(), v.number()], EXPECTED),
  v.check((given) => parseDuration(given) !== undefined, EXPECTED),
  v.transform((given) => parseDuration(given) as number),
)

function parseText(text: string): number {
  if (BARE.test(text)) return Number(text)
  if (!WHOLE.test(text)) return NaN
  let ms = 0
  for (const [, count, unit] of text.matchAll(PART)) ms += Number(count) * (UNITS_MS[unit as string] as number)
  return ms
}
