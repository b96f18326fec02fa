import type { Config } from '../../config.ts'
import type { Random } from '../../core/random.ts'
import type { Service } from '../../core/service.ts'
import { configuredRules, type WrittenFault } from './configured-rules.ts'
import { Faults, type FaultsOptions } from './faults.ts'
import { type NamedInjector, vocabularyOf } from './vocabulary.ts'

/** What a gateway is told of faults. */
export interface GivenFaults {
  readonly config: Pick<Config, 'faults' | 'seed' | 'unused'>
  readonly services: readonly Service[]
  /** Faults of the start, beside those of the config. */
  readonly faults?: readonly WrittenFault[] | undefined
  /** Code that faults name: `do: { use: name }`. */
  readonly injectors?: Readonly<Record<string, NamedInjector>> | undefined
}

/** The faults of a gateway. Throws a PipitError `bad-config` with every mistake, and where it is. */
export function createFaults(given: GivenFaults, { random, onNote, ...world }: World): Faults {
  const { config, faults = [] } = given
  const vocabulary = vocabularyOf(given.services, given.injectors)
  const seed = config.seed ?? random.bytes(4).readUInt32BE()
  const rules = configuredRules(config.faults, faults, vocabulary)
  const onArmed = (): void => {
    if (config.seed === undefined) onNote(`faults draw from the seed ${seed}: PIPIT_SEED=${seed} draws the same again`)
  }
  return new Faults({ ...world, vocabulary, seed, unused: config.unused, onArmed }, rules)
}

/** The rest of the gateway. */
export interface World extends Pick<FaultsOptions, 'sessions' | 'wall' | 'defaultSession' | 'refuse'> {
  readonly random: Random
  /** What the operator should know. */
  readonly onNote: (note: string) => void
}

/** Are the config's faults right? Throws the same. */
export function checkFaults(given: GivenFaults): void {
  configuredRules(given.config.faults, given.faults ?? [], vocabularyOf(given.services, given.injectors))
}
