import * as v from 'valibot'
import { complaint } from '../../config/complaints.ts'
import type { Layer } from '../../config/layer.ts'
import { either } from '../../core/either.ts'
import { PipitError } from '../../core/errors.ts'
import { didYouMean } from '../../core/nearest.ts'
import { oneOrList } from '../../core/one-or-list.ts'
import { PRESETS } from './presets.ts'
import type { Rule } from './rule.ts'
import { ruleSchema } from './rule-schema.ts'
import { parseShorthand, valueOf } from './shorthand.ts'
import type { Vocabulary } from './vocabulary.ts'

const EXPECTED = 'expected a rule like { on: …, do: … }, its short form, or the name of a preset'

/** Of one session, or of all; see also MOST_RULES_OF_SESSIONS. */
export const MOST_RULES = 1000

/**
 * What people write where rules are expected: a rule, its short form, the name of a preset, or a list of such. Its
 * output is a list of rules.
 */
export function entriesSchema(vocabulary: Vocabulary) {
  const rule = ruleSchema(vocabulary)
  const text = v.pipe(
    v.string(EXPECTED),
    v.rawTransform<string, readonly Rule[]>(({ dataset, addIssue, NEVER }) => {
      try {
        return expanded(dataset.value).map((written) => checked(rule, written))
      } catch (error) {
        if (!(error instanceof PipitError)) throw error
        // What was written is in the message already, as far as it matters.
        addIssue({ message: error.message, input: undefined })
        return NEVER
      }
    }),
  )
  const entry = either(
    text,
    v.pipe(
      rule,
      v.transform((one): readonly Rule[] => [one]),
    ),
  )
  const list = v.pipe(
    v.array(entry, EXPECTED),
    v.maxLength(MOST_RULES, `expected at most ${MOST_RULES} rules`),
    v.transform((lists) => lists.flat()),
  )
  return oneOrList(entry, list)
}

/** What a text stands for, still to be checked. Throws a PipitError. */
function expanded(text: string): readonly unknown[] {
  const name = text.trim()
  if (Object.hasOwn(PRESETS, name)) return (PRESETS[name] as (typeof PRESETS)[string]).rules
  if (/^[a-z0-9-]+$/.test(name)) {
    const known = Object.keys(PRESETS)
    const guess = didYouMean(name, known)
    throw new PipitError(
      'bad-request',
      `there is no preset "${name}"${guess === '' ? `: there are ${known.join(', ')}` : guess}`,
    )
  }
  return [name.startsWith('{') ? valueOf(name) : parseShorthand(name)]
}

/** A rule, or a PipitError `bad-request` with all that is wrong, by the path within it. */
function checked(schema: ReturnType<typeof ruleSchema>, written: unknown): Rule {
  const result = v.safeParse(schema, written)
  if (result.success) return result.output
  const layer: Layer = { tree: written, namesPaths: true, locate: () => '' }
  throw new PipitError('bad-request', result.issues.map((issue) => complaint(layer, issue).trimStart()).join('; '))
}

export interface Written {
  readonly entries: unknown
  readonly source: Pick<Layer, 'locate' | 'namesPaths'>
  /** Under which the source has them; without it they are the whole of it. */
  readonly key?: string
  readonly code?: 'bad-config' | 'bad-request'
}

/** The rules that somebody wrote. Throws a PipitError with a line for each mistake, and the place where it is. */
export function readRules(
  { entries, source, key, code = 'bad-config' }: Written,
  vocabulary: Vocabulary,
): readonly Rule[] {
  const schema = v.object({ [key ?? '']: entriesSchema(vocabulary) })
  const result = v.safeParse(schema, { [key ?? '']: entries })
  if (result.success) return result.output[key ?? ''] ?? []
  const complaints = result.issues.map((issue) =>
    complaint({ ...source, tree: entries }, key === undefined ? inside(issue) : issue),
  )
  throw new PipitError(code, complaints.join('\n'))
}

function inside(issue: v.BaseIssue<unknown>): v.BaseIssue<unknown> {
  const [, ...path] = issue.path ?? []
  const [first, ...rest] = path
  const { path: _path, ...bare } = issue
  return first === undefined ? bare : { ...bare, path: [first, ...rest] }
}
