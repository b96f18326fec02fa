import * as v from 'valibot'
import { either } from '../../core/either.ts'
import { strictly } from '../../core/strictly.ts'

/**
 * Arguments as a mapping, or only the one that matters most: `5` for `{ window: 5 }`. Nothing at all is enough, where
 * each of them has a default. What the first one's schema gives, it takes.
 */
export function mappingOr<const E extends v.ObjectEntries>(
  main: keyof E & string,
  entries: E,
): v.GenericSchema<unknown, v.InferOutput<v.StrictObjectSchema<E, undefined>>> {
  const mapping = strictly(entries)
  const alone = v.pipe(
    entries[main] as v.GenericSchema<unknown, unknown>,
    v.transform((value) => v.parse(mapping, { [main]: value })),
  )
  return either(alone, mapping)
}

/** A whole number within bounds. */
export function count(least: number, most: number) {
  const expected = `expected a whole number from ${least} to ${most}`
  return v.pipe(v.number(expected), v.integer(expected), v.minValue(least, expected), v.maxValue(most, expected))
}
