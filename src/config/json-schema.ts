import { toJsonSchema, type JsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import { describedBy, optionOf } from './option.ts'
import { schema } from './schema.ts'

/** A check that has no words in JSON Schema is left to pipit. */
const FOR_AUTHORS = { typeMode: 'input', errorMode: 'ignore' } as const

/** The JSON Schema of pipit.yaml, for editors. `faults`: what may be written there, from whoever knows the words. */
export function configJsonSchema(faults?: GenericSchema): JsonSchema {
  return toJsonSchema(schema, {
    // What a user writes, before it is resolved.
    typeMode: 'input',
    ignoreActions: ['metadata'],
    overrideSchema: ({ valibotSchema, jsonSchema }) => {
      const rules = describedBy(valibotSchema)
      if (rules === undefined) return undefined
      const byDefault = optionOf(valibotSchema)?.fallback as JsonSchema['default']
      const fallback = byDefault === undefined ? {} : { default: byDefault }
      const isFaults = optionOf(valibotSchema)?.flag === 'fault'
      const { $schema: _schema, ...known } =
        faults === undefined || !isFaults ? jsonSchema : toJsonSchema(faults, FOR_AUTHORS)
      return { ...known, description: rules.what, ...fallback }
    },
  })
}
