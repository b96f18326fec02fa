import type { DefinedInjector } from './define-injector.ts'
import { pluginName } from './plugin-name.ts'

/** What changes answers by itself, for the log: who reads a strange answer should not have to look for its cause. */
export function injectorNotes(injectors: readonly DefinedInjector[]): readonly string[] {
  return injectors.map((injector) => {
    const { name = '', definition } = injector
    const file = pluginName(injector, `injector ${name}`)
    const { on } = definition
    if (on === undefined) return `${file} waits for a rule: do: { use: ${name} }`
    return `${file} stands before ${listed(on.service) ?? 'every service'}, ${listed(on.operation) ?? 'every operation'}`
  })
}

function listed(names: string | readonly string[] | undefined): string | undefined {
  return names === undefined ? undefined : [names].flat().join(' and ')
}
