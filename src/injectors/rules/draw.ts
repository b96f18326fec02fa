import { hash } from 'node:crypto'

/** So many bits are a whole number of JavaScript's, and thirteen digits of hex. */
const BITS = 52

/**
 * A number from 0 up to 1 that looks random and is the same for the same parts. One generator for all that happens would
 * not do: in which order concurrent requests ask it differs from run to run, and with it who is hit.
 */
export function mix(...parts: readonly (string | number)[]): number {
  return Number.parseInt(hash('sha256', parts.join('\n')).slice(0, BITS / 4), 16) / 2 ** BITS
}
