import * as v from 'valibot'

/** A whole number within bounds, written as text: a member of a query. Its output is a number. */
export function wholeNumber(least: number, most: number) {
  const expected = `expected a number from ${least} to ${most}`
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,15}$/, expected),
    v.transform(Number),
    v.minValue(least, expected),
    v.maxValue(most, expected),
  )
}
