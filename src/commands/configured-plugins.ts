import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Config } from '../config.ts'
import type { Clock } from '../core/clock.ts'
import type { Service } from '../core/service.ts'
import type { Plugins } from '../plugins/load-plugins.ts'
import { watchStrayErrors } from '../plugins/stray-errors.ts'

/** Where plugins are looked for when nobody names a folder. In the image the working directory is /pipit. */
const DEFAULT_FOLDER = './plugins'

const NONE: Plugins = { services: [], injectors: [], faultFiles: undefined, notes: [] }

/**
 * What is in the plugins folder of a config, beside these services. `note` is told what a plugin throws where nobody
 * waits. What it takes is loaded only where there is a folder: starting must be quick.
 */
export async function configuredPlugins(
  config: Config,
  services: readonly Service[],
  wall: Clock,
  note: (text: string) => void,
): Promise<Plugins> {
  const isAsked = config.plugins !== undefined
  const folder = resolve(config.plugins ?? DEFAULT_FOLDER)
  if (!isAsked && !existsSync(folder)) return NONE
  watchStrayErrors(folder, note)
  const { loadPlugins } = await import('../plugins/load-plugins.ts')
  return loadPlugins({ folder, isAsked, cwd: process.cwd(), wall, builtIn: services.map(({ name }) => name) })
}
