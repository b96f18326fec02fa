import * as v from 'valibot'
import type { Leg } from '../../core/exchange.ts'
import { oneOf } from '../../core/one-of.ts'
import { strictly } from '../../core/strictly.ts'
import { doSchema, readDeeds } from './deeds.ts'
import { onSchema } from './on.ts'
import { WIRE_CONDITIONS } from './wire-on.ts'
import { idOf, type Rule, ruleId, type WrittenRule } from './rule.ts'
import type { Vocabulary } from './vocabulary.ts'
import { when } from './when.ts'

const SWITCH = 'expected true or false'
const ORDER = 'expected a number'
const TOO_DEEP = 'is nested too deeply'

/** A rule, checked against the words that there are; its output is the rule as it was written, with an id. */
export function ruleSchema(vocabulary: Vocabulary) {
  return v.pipe(
    asWritten(
      v.pipe(
        strictly({
          id: v.optional(ruleId),
          at: v.optional(oneOf(vocabulary.legs)),
          on: v.optional(onSchema(vocabulary.services)),
          when: v.optional(when),
          do: doSchema(vocabulary),
          order: v.optional(v.pipe(v.number(ORDER), v.finite(ORDER))),
          final: v.optional(v.boolean(SWITCH)),
          enabled: v.optional(v.boolean(SWITCH)),
        }),
        v.check(
          ({ on, final }) => on?.response === undefined || final !== true,
          'a rule that looks at the answer is asked after all others: final means nothing for it',
        ),
      ),
    ),
    checkConditions(vocabulary),
    checkDeeds(vocabulary),
    v.transform((written): Rule => {
      const { id = idOf(written), at = usualLeg(vocabulary), enabled = true, ...rest } = written
      return { id, at, ...rest, enabled }
    }),
  )
}

/** Checks, and hands on what was there before it was resolved: a rule stays what somebody wrote. */
function asWritten<const S extends v.GenericSchema<unknown, unknown>>(
  schema: S,
): v.GenericSchema<v.InferInput<S>, WrittenRule> {
  return {
    ...(schema as unknown as v.GenericSchema<v.InferInput<S>, WrittenRule>),
    '~run': (dataset, config) => {
      const copy = copied(dataset.value)
      if (copy === undefined) return v.custom<never>(() => false, TOO_DEEP)['~run'](dataset, config)
      const checked = schema['~run']({ value: copied(copy) }, config)
      return (
        checked.typed && checked.issues === undefined ? { typed: true, value: copy } : checked
      ) as v.OutputDataset<WrittenRule, v.BaseIssue<unknown>>
    },
  }
}

/** Plain data of its own; `undefined` where it cannot be copied. */
function copied(value: unknown): unknown {
  try {
    const text = JSON.stringify(value)
    return text === undefined ? null : (JSON.parse(text) as unknown)
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return undefined
    throw error
  }
}

/** The leg of a rule that names none. */
function usualLeg({ legs }: Vocabulary): Leg {
  return legs.includes('client') ? 'client' : (legs[0] as Leg)
}

/** On a wire there are connections, everywhere else requests. */
function checkConditions(vocabulary: Vocabulary) {
  return v.rawCheck<WrittenRule>(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    const rule = dataset.value
    const isWire = (rule.at ?? usualLeg(vocabulary)) === 'wire'
    for (const name of Object.keys(rule.on ?? {})) {
      if (WIRE_CONDITIONS.includes(name) === isWire) continue
      const message = isWire
        ? `nobody reads requests at leg wire: expected ${WIRE_CONDITIONS.join(', ')}`
        : 'is a condition of leg wire: say at: wire'
      addIssue({ message, input: undefined, path: pathTo(rule, ['on', name]) })
    }
  })
}

/** What an effect's own schema cannot know: where it stands, and for which services. */
function checkDeeds(vocabulary: Vocabulary) {
  return v.rawCheck<WrittenRule>(({ dataset, addIssue }) => {
    // What is wrong in itself has been told of.
    if (!dataset.typed || dataset.issues?.some(({ path }) => path?.[0]?.key === 'do') === true) return
    const rule = dataset.value
    const leg = rule.at ?? usualLeg(vocabulary)
    readDeeds(rule.do, vocabulary).forEach(({ name, value, effect }, index) => {
      const message =
        effect === undefined
          ? leg === 'wire'
            ? 'cannot stand at leg wire: nobody reads there what bytes say'
            : undefined
          : !effect.legs.includes(leg)
            ? `cannot stand at leg ${leg}, but at ${effect.legs.join(', ')}`
            : (effect.check?.(v.parse(effect.args, value), vocabulary.services, leg) ?? tooEarly(rule, value))
      if (message !== undefined)
        addIssue({
          message,
          input: value,
          path: pathTo(rule, Array.isArray(rule.do) ? ['do', index, name] : ['do', name]),
        })
    })
  })
}

/** Whoever looks at the answer comes after the execution. */
function tooEarly({ on }: WrittenRule, value: unknown): string | undefined {
  const said = on?.response === undefined ? '' : (JSON.stringify(value) ?? '')
  return said.includes('"before-commit"') ? 'a rule that looks at the answer cannot act before-commit' : undefined
}

function pathTo(root: WrittenRule, keys: readonly (string | number)[]): [v.IssuePathItem, ...v.IssuePathItem[]] {
  let input: unknown = root
  const items = keys.map((key): v.IssuePathItem => {
    const value = typeof input === 'object' ? (input as Record<string, unknown>)[key] : undefined
    const item = { type: 'unknown', origin: 'value', input, key, value } as const
    input = value
    return item
  })
  return items as [v.IssuePathItem, ...v.IssuePathItem[]]
}
