import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Config } from '../config.ts'
import type { Clock } from '../core/clock.ts'
import type { Service } from '../core/service.ts'
import { DEFAULT_FOLDER, loadPlugins, type Plugins } from '../plugins/load-plugins.ts'
import { watchStrayErrors } from '../plugins/stray-errors.ts'

/** What is in the plugins folder of a config, beside these services. `note` is told what it throws where nobody waits. */
export function configuredPlugins(
  config: Config,
  services: readonly Service[],
  wall: Clock,
  note: (text: string) => void,
): Promise<Plugins> {
  const folder = resolve(config.plugins ?? DEFAULT_FOLDER)
  if (existsSync(folder)) watchStrayErrors(folder, note)
  return loadPlugins({ folder: config.plugins, cwd: process.cwd(), wall, builtIn: services.map(({ name }) => name) })
}
