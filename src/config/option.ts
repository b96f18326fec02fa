import * as v from 'valibot'
import { strictly } from '../core/strictly.ts'

/** Everything there is to know of one option; its flag, env twin, default, help and JSON schema come from here. */
export interface OptionRules {
  /** For `--help`, the printed config and editors. */
  readonly what: string
  /** Without its dashes; the env twin is PIPIT_ and this in capitals, unless `env` says otherwise. */
  readonly flag: string
  readonly env?: string
  /** How the text of a flag or a variable becomes a value; the schema then judges the value. */
  readonly text: 'string' | 'number' | 'boolean'
  /** As a user would write it. */
  readonly fallback?: unknown
  /** A value that a nearer source does not replace but complete: queues by name. Both are outputs of the schema. */
  readonly complete?: (nearer: never, farther: never) => unknown
  /** The flag may be there several times, and means all of them. */
  readonly isRepeatable?: true
  /** Never printed, neither in the config nor in a complaint. */
  readonly isSecret?: true
  /** The output of the schema as a user would write it, for `config print`; as it is when absent. */
  readonly written?: (value: never) => unknown
}

export interface Setting extends OptionRules {
  readonly path: readonly string[]
  readonly env: string
}

/** A leaf of the config. `null` is the same as leaving it out. */
export function option<const S extends v.GenericSchema<unknown, unknown>>(rules: OptionRules, schema: S) {
  return v.nullish(v.pipe(schema, v.metadata({ option: rules })))
}

/** The same of one service, where the option is said of all: it has no flag of its own. */
export function ofOneService<const S extends v.GenericSchema<unknown, unknown>>(rules: OptionRules, schema: S) {
  return v.nullish(v.pipe(schema, v.metadata({ ofOneService: rules })))
}

/** A branch of the config: only these keys, none of them needed. */
export function section<const E extends v.ObjectEntries>(entries: E) {
  return v.nullish(strictly(entries))
}

/** Every option below a schema, in order. */
export function settingsOf(schema: v.GenericSchema, path: readonly string[] = []): Setting[] {
  const rules = optionOf(schema)
  if (rules !== undefined)
    return [{ ...rules, path, env: rules.env ?? `PIPIT_${rules.flag.replaceAll('-', '_').toUpperCase()}` }]
  if (describedBy(schema) !== undefined) return []
  const entries = entriesOf(schema)
  return Object.entries(entries).flatMap(([key, entry]) => settingsOf(entry, [...path, key]))
}

export function optionOf(schema: v.GenericSchema): OptionRules | undefined {
  return v.getMetadata(unwrap(schema))['option'] as OptionRules | undefined
}

/** The option that tells what a leaf means: its own, or that of all services. */
export function describedBy(schema: v.GenericSchema): OptionRules | undefined {
  return optionOf(schema) ?? (v.getMetadata(unwrap(schema))['ofOneService'] as OptionRules | undefined)
}

function unwrap(schema: v.GenericSchema): v.GenericSchema {
  return 'wrapped' in schema ? (schema.wrapped as v.GenericSchema) : schema
}

function entriesOf(schema: v.GenericSchema): Record<string, v.GenericSchema> {
  const bare = unwrap(schema)
  if (!('entries' in bare)) throw new TypeError('a config schema is made of sections and options')
  return bare.entries as Record<string, v.GenericSchema>
}
