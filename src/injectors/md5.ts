import { oneOf } from '../core/one-of.ts'
import { defineEffect } from './effect.ts'
import { HTTP_LEGS } from './legs.ts'
import { withOutput } from './reply.ts'

type Output = Readonly<Record<string, unknown>>

export const md5 = defineEffect({
  name: 'md5',
  summary: 'wrong digests in the answer (MD5OfMessageBody and the like): SDKs that check them refuse it',
  args: oneOf(['wrong'] as const),
  example: 'wrong',
  legs: HTTP_LEGS,
  inject: () => async (exchange, next, firing) => {
    const outcome = await next(exchange)
    const wrong = withOutput(exchange, outcome, (output) => {
      const changed = wronged(output) as Output
      return changed === output ? undefined : changed
    })
    if (wrong === undefined) return outcome
    firing.happened('after-commit', 'md5 wrong')
    return wrong
  },
})

/** The same value where it holds no digest. */
function wronged(value: unknown): unknown {
  if (Array.isArray(value)) {
    const list = value.map(wronged)
    return list.some((item, i) => item !== value[i]) ? list : value
  }
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value
  const entries = Object.entries(value)
  const changed = entries.map(([key, member]): [string, unknown] => [
    key,
    key.startsWith('MD5Of') && typeof member === 'string' ? inverted(member) : wronged(member),
  ])
  return changed.some(([, member], i) => member !== entries[i]?.[1]) ? Object.fromEntries(changed) : value
}

/** Another digest of the same look: every hex digit as its complement. */
function inverted(digest: string): string {
  return digest.replace(/[0-9a-f]/g, (digit) => (15 - Number.parseInt(digit, 16)).toString(16))
}
