import type { Config } from '../../config.ts'
import { parseFaultsText } from '../../config/faults-text.ts'
import type { Clock } from '../../core/clock.ts'
import { PipitError } from '../../core/errors.ts'
import type { Random } from '../../core/random.ts'
import type { Service } from '../../core/service.ts'
import { configuredRules } from './configured-rules.ts'
import { readRules } from './entries.ts'
import { Faults } from './faults.ts'
import type { Rule } from './rule.ts'
import { type Vocabulary, vocabularyOf, wireVocabularyOf } from './vocabulary.ts'

export interface WireFaultParts {
  readonly config: Pick<Config, 'faults' | 'seed' | 'unused'>
  readonly services: readonly Service[]
  /** What flags say: there is nothing but bytes for them. */
  readonly flags: readonly string[]
  readonly wall: Clock
  readonly random: Random
}

const SESSION = 'default'

/**
 * The faults of a port that is forwarded by itself, without a gateway: of the config those at leg wire (the others are for
 * the gateway that reads it, too), and all that flags say. Throws a PipitError `bad-config`, and where it is.
 */
export function createWireFaults({ config, services, flags, wall, random }: WireFaultParts): Faults {
  const configured = configuredRules(config.faults, [], vocabularyOf(services)).filter(({ at }) => at === 'wire')
  const vocabulary = wireVocabularyOf(services)
  const session = { name: SESSION, clock: wall, createdAtMs: wall.nowMs() }
  return new Faults(
    {
      vocabulary,
      seed: config.seed ?? random.bytes(4).readUInt32BE(),
      unused: config.unused,
      sessions: { find: () => session, all: () => [session] },
      wall,
      defaultSession: SESSION,
      // Every port has its own way to refuse connections.
      refuse: () => {},
    },
    [...configured, ...flags.flatMap((text) => flagRules(text, vocabulary))],
  )
}

function flagRules(text: string, vocabulary: Vocabulary): readonly Rule[] {
  const source = { namesPaths: false, locate: () => '--fault' }
  const parsed = parseFaultsText(text)
  if ('wrong' in parsed) throw new PipitError('bad-config', `--fault: ${parsed.wrong}`)
  return readRules({ entries: parsed, source, key: 'fault' }, vocabulary)
}
