import * as v from 'valibot'

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1000,
  mb: 1_000_000,
  kib: 1024,
  mib: 1024 * 1024,
}

/** Far above everything that crosses a gateway. */
const MOST_BYTES = 1_000_000_000

const EXPECTED = 'expected a size like "20kB"'

/** `512B`, `20kB`, `1.5MB`, `64KiB`, or bytes without a unit, as a number or a text. `undefined` for everything else. */
export function parseByteSize(given: unknown): number | undefined {
  const bytes = typeof given === 'number' ? given : typeof given === 'string' ? parseText(given.trim()) : NaN
  return bytes >= 0 && bytes <= MOST_BYTES ? Math.round(bytes) : undefined
}

/** A size as somebody writes it into a rule; its output is bytes. */
export const byteSize = v.pipe(
  v.union([v.string(), v.number()], EXPECTED),
  v.check((given) => parseByteSize(given) !== undefined, EXPECTED),
  v.transform((given) => parseByteSize(given) as number),
)

function parseText(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,12}(?:\.\d{1,9})?) ?([a-z]{0,3})$/i.exec(text) ?? []
  return count === '' ? NaN : Number(count) * (UNITS[unit.toLowerCase()] ?? NaN)
}
