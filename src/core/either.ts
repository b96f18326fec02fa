import * as v from 'valibot'

/**
 * Two ways to write one thing: shortly, or as a mapping. The complaint is that of the way that was taken; a union's would
 * say only that it is neither.
 */
export function either<
  const S extends v.GenericSchema<unknown, unknown>,
  const M extends v.GenericSchema<unknown, unknown>,
>(short: S, mapping: M): v.UnionSchema<[S, M], undefined> {
  return {
    ...v.union([short, mapping]),
    '~run': (dataset, config) => {
      const chosen = typeof dataset.value === 'object' && dataset.value !== null ? mapping : short
      return chosen['~run'](dataset, config)
    },
  }
}
