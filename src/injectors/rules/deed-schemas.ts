import type { GenericSchema } from 'valibot'
import * as v from 'valibot'
import type { Vocabulary } from './vocabulary.ts'

/** The value of every effect that a rule can have, by its name: `latency`, `sqs.redeliver`. */
export function deedSchemas({ effects, services }: Vocabulary): ReadonlyMap<string, GenericSchema> {
  const disruptions = services.flatMap(({ name, disruptions: known = {} }) =>
    Object.entries(known).map(([word, args]) => [`${name}.${word}`, args] as const),
  )
  return new Map([...effects.map(({ name, args }) => [name, args] as const), ...disruptions])
}

/** What a name alone stands for; nothing for one that needs a value. */
export function bareValue(schema: GenericSchema): { readonly value: unknown } | undefined {
  return [undefined, true, {}].map((value) => ({ value })).find(({ value }) => v.is(schema, value))
}
