import type { DeclaredFaults } from '../../config.ts'
import { PipitError } from '../../core/errors.ts'
import { readRules } from './entries.ts'
import type { Rule, WrittenRule } from './rule.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What createGateway is given: a rule, its short form, or the name of a preset. */
export type WrittenFault = WrittenRule | string

/**
 * The rules of the start: those of the config's sources, the farthest first, and those given in code. A rule takes the
 * place of one of a farther source that has its id. Throws a PipitError `bad-config` with every mistake, and where it is.
 */
export function configuredRules(
  declared: readonly DeclaredFaults[],
  inCode: readonly WrittenFault[],
  vocabulary: Vocabulary,
): readonly Rule[] {
  const code: DeclaredFaults = { entries: inCode, source: { namesPaths: true, locate: () => 'createGateway' } }
  const byId = new Map<string, Rule>()
  const mistakes: string[] = []
  for (const { entries, source } of inCode.length === 0 ? declared : [...declared, code])
    try {
      const rules = readRules({ entries, source, key: 'faults' }, vocabulary)
      for (const rule of unlike(rules)) byId.set(rule.id, rule)
    } catch (error) {
      if (!(error instanceof PipitError)) throw error
      mistakes.push(error.message)
    }
  if (mistakes.length > 0) throw new PipitError('bad-config', mistakes.join('\n'))
  return [...byId.values()]
}

/** Of one source, each has an id of its own. */
function unlike(rules: readonly Rule[]): readonly Rule[] {
  const twice = rules.find(({ id }, index) => rules.findIndex((other) => other.id === id) < index)
  if (twice !== undefined) throw new PipitError('bad-config', `two faults are called ${twice.id}: give one another id`)
  return rules
}
