import { toJsonSchema, type JsonSchema } from '@valibot/to-json-schema'
import { describedBy, optionOf } from './option.ts'
import { schema } from './schema.ts'

/** The JSON Schema of pipit.yaml, for editors. */
export function configJsonSchema(): JsonSchema {
  return toJsonSchema(schema, {
    // What a user writes, before it is resolved.
    typeMode: 'input',
    ignoreActions: ['metadata'],
    overrideSchema: ({ valibotSchema, jsonSchema }) => {
      const rules = describedBy(valibotSchema)
      if (rules === undefined) return undefined
      const byDefault = optionOf(valibotSchema)?.fallback as JsonSchema['default']
      const fallback = byDefault === undefined ? {} : { default: byDefault }
      return { ...jsonSchema, description: rules.what, ...fallback }
    },
  })
}
