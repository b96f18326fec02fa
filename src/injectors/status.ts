import * as v from 'valibot'

const EXPECTED = 'expected an HTTP status from 200 to 599'

/** Of a whole answer: one below 200 announces another. */
export const status = v.pipe(
  v.number(EXPECTED),
  v.integer(EXPECTED),
  v.minValue(200, EXPECTED),
  v.maxValue(599, EXPECTED),
)
