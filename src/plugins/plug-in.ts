import type { Clock } from '../core/clock.ts'
import type { Random } from '../core/random.ts'
import type { GivenFaults } from '../injectors/rules/create-faults.ts'
import type { World } from './injection.ts'
import { Injections } from './injections.ts'
import type { Plugins } from './load-plugins.ts'
import { StartingRules } from './starting-rules.ts'

/** What a gateway is given of plugins: some of what a folder has, or what `defineService` and `defineInjector` made. */
export type GivenPlugins = Partial<Pick<Plugins, 'services' | 'injectors' | 'faultFiles'>>

export interface PlugInParts extends GivenFaults {
  readonly plugins?: GivenPlugins | undefined
  readonly wall: Clock
  readonly random: Random
  readonly sessions: { find(name: string): World | undefined }
  readonly onNote?: ((note: string) => void) | undefined
}

/** What plugins put before services, and the rules of the start, which may use it. */
export function plugIn(parts: PlugInParts): { readonly injections: Injections; readonly rules: StartingRules } {
  const { config, services, faults, plugins = {}, wall, random, sessions, onNote: note = () => {} } = parts
  const injections = new Injections(plugins.injectors ?? [], {
    wall,
    random,
    serviceOf: (name) => services.find((service) => service.name === name),
    worldOf: (session) => sessions.find(session),
  })
  const injectors = { ...injections.named(), ...parts.injectors }
  const find = plugins.faultFiles
  return { injections, rules: new StartingRules({ config, services, faults, injectors, find, note }) }
}
