import * as v from 'valibot'

/** One, or a list of them. The complaints are those of the form that was taken: each mistake in a list is told. */
export function oneOrList<
  const S extends v.GenericSchema<unknown, unknown>,
  const L extends v.GenericSchema<unknown, unknown>,
>(one: S, list: L): v.UnionSchema<[S, L], undefined> {
  return {
    ...v.union([one, list]),
    '~run': (dataset, config) => (Array.isArray(dataset.value) ? list : one)['~run'](dataset, config),
  }
}
