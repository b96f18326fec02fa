import * as v from 'valibot'
import { strictly } from '../../core/strictly.ts'

/**
 * Arguments as a mapping, of which nothing must be there, or only the value of the one that matters most: `5` for
 * `{ window: 5 }`.
 */
export function mappingOr<const E extends v.ObjectEntries>(
  main: keyof E & string,
  entries: E,
): v.GenericSchema<unknown, v.InferOutput<v.StrictObjectSchema<E, undefined>>> {
  const mapping = strictly(entries)
  const alone = v.pipe(
    v.unknown(),
    v.transform((value) => ({ [main]: value })),
    mapping,
  )
  const whole = v.nullish(mapping, {} as never)
  return v.lazy((given) => (isMapping(given) ? whole : alone))
}

/** A whole number within bounds. */
export function count(least: number, most: number) {
  const expected = `expected a whole number from ${least} to ${most}`
  return v.pipe(v.number(expected), v.integer(expected), v.minValue(least, expected), v.maxValue(most, expected))
}

function isMapping(given: unknown): boolean {
  return given === undefined || (typeof given === 'object' && !Array.isArray(given))
}
