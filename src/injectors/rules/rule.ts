import { hash } from 'node:crypto'
import * as v from 'valibot'
import type { Leg } from '../../core/exchange.ts'
import type { Deed } from './deeds.ts'
import type { On } from './on.ts'
import type { When } from './when.ts'

/** A rule as data, the same in YAML, on the command line, over HTTP and in code: its members are as they were written. */
export interface Rule extends WrittenRule {
  readonly id: string
  readonly at: Leg
  readonly enabled: boolean
}

/** What somebody writes. */
export interface WrittenRule {
  /** Made from the rest when it is left out. */
  readonly id?: string
  /** `client` unless said. */
  readonly at?: Leg
  /** Which requests: all that is said must hold. Everything, when nothing is. */
  readonly on?: On
  /** How often, of those that match. Always, when nothing is said. */
  readonly when?: When
  /** What happens: one effect by its name, or a list of them. */
  readonly do: Deed | readonly Deed[]
  /** Lower ones first, 0 unless said; of the same order, the first one written. */
  readonly order?: number
  /** Where it applies, no later rule does. */
  readonly final?: boolean
  readonly enabled?: boolean
}

/** Resources of the control plane beside those of the rules. */
const TAKEN = ['verify', 'export']

const RULE = 'expected an id of 1 to 64 letters, digits, dots, dashes and underscores, a letter or digit first'

/** It stands in a path and in a header. */
export const ruleId = v.pipe(
  v.string(RULE),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, RULE),
  v.check((id) => !TAKEN.includes(id), 'is a word of the control plane: choose another id'),
)

const LONGEST_WORDS = 48
const DIGITS = 4

/** `error-SendMessage-3f2a`: says what it is about, and is the same for the same rule. */
export function idOf(rule: WrittenRule): string {
  const operation = rule.on?.operation
  const words = [
    ...[rule.do].flat().map(nameOf),
    ...(operation === undefined || typeof operation === 'object' ? [] : [String(operation)]),
  ]
  const slug = words
    .join('-')
    .replaceAll(/[^A-Za-z0-9._-]+/g, '')
    .slice(0, LONGEST_WORDS)
  const { on, when, at, do: deeds, order, final } = rule
  return `${slug}-${hash('sha1', JSON.stringify([on, when, at, deeds, order, final])).slice(0, DIGITS)}`
}

function nameOf(deed: Deed): string {
  if (typeof deed === 'string') return deed
  return 'use' in deed ? String(deed['use']) : (Object.keys(deed)[0] as string)
}
