import { toJsonSchema, type JsonSchema } from '@valibot/to-json-schema'
import { optionOf } from './option.ts'
import { schema } from './schema.ts'

/** The JSON Schema of pipit.yaml, for editors. */
export function configJsonSchema(): JsonSchema {
  return toJsonSchema(schema, {
    // What a user writes, before it is resolved.
    typeMode: 'input',
    ignoreActions: ['metadata'],
    overrideSchema: ({ valibotSchema, jsonSchema }) => {
      const rules = optionOf(valibotSchema)
      if (rules === undefined) return undefined
      const fallback =
        rules.fallback === undefined ? {} : { default: rules.fallback as NonNullable<JsonSchema['default']> }
      return { ...jsonSchema, description: rules.what, ...fallback }
    },
  })
}
