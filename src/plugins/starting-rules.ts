import type { DeclaredFaults } from '../config.ts'
import type { Clock } from '../core/clock.ts'
import { PipitError } from '../core/errors.ts'
import { configuredRules } from '../injectors/rules/configured-rules.ts'
import type { GivenFaults } from '../injectors/rules/create-faults.ts'
import type { Faults } from '../injectors/rules/faults.ts'
import { vocabularyOf } from '../injectors/rules/vocabulary.ts'
import { FaultFiles } from './fault-files.ts'
import type { PluginFile } from './find-plugins.ts'

export interface StartingRulesParts extends GivenFaults {
  /** `undefined`: there is no folder to look at. */
  readonly find: (() => readonly PluginFile[]) | undefined
  readonly note: (text: string) => void
}

/** The rules of the start, those of the plugins folder first: what the config says with the same id takes their place. */
export class StartingRules {
  readonly #parts: StartingRulesParts
  readonly #files: FaultFiles | undefined

  constructor(parts: StartingRulesParts) {
    const { services, injectors, find, note } = parts
    const vocabulary = vocabularyOf(services, injectors)
    const check = (declared: DeclaredFaults): unknown => configuredRules([declared], [], vocabulary)
    this.#parts = parts
    this.#files = find && new FaultFiles({ find, check, note })
  }

  /** What the faults of a gateway are made of. */
  get given(): GivenFaults {
    const { config, ...others } = this.#parts
    return { ...others, config: { ...config, faults: [...(this.#files?.declared ?? []), ...config.faults] } }
  }

  /** Puts what the files say into force as soon as they say something else. */
  watch(wall: Clock, faults: Faults): void {
    this.#files?.watch(wall, () => {
      try {
        const { config, faults: inCode = [] } = this.given
        faults.configure(configuredRules(config.faults, inCode, faults.vocabulary))
      } catch (error) {
        if (!(error instanceof PipitError)) throw error
        this.#parts.note(error.message)
      }
    })
  }

  close(): void {
    this.#files?.close()
  }
}
