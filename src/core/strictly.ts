import * as v from 'valibot'
import { didYouMean } from './nearest.ts'

/** An object that says which of its keys is wrong, and which was meant. */
export function strictly<const E extends v.ObjectEntries>(entries: E) {
  const expected = 'expected a mapping'
  const object = v.strictObject(entries, (issue) => {
    if (issue.path === undefined) return expected
    if (issue.expected !== 'never') return 'missing'
    const known = Object.keys(entries)
    const guess = didYouMean(String(issue.input), known)
    return `unknown key${guess === '' ? `, expected one of ${known.join(', ')}` : guess}`
  })
  return notList(object, expected)
}

/** The same schema, but for lists, which pass for objects otherwise. */
export function notList<const S extends v.GenericSchema<unknown, unknown>>(schema: S, expected: string): S {
  const refusal = v.custom<never>(() => false, expected)
  return {
    ...schema,
    '~run': (dataset, config) => (Array.isArray(dataset.value) ? refusal : schema)['~run'](dataset, config),
  }
}
