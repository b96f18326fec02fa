import { namedLayer, valueFromText, type Layer } from './layer.ts'
import { nearest } from '../core/nearest.ts'
import { variable, type Environment } from './process-environment.ts'
import { settings } from './schema.ts'

export interface EnvironmentLayers {
  readonly own: Layer
  /** Other tools' names for the same; pipit's own win over them. */
  readonly aliases: Layer
  readonly configFile: string | undefined
  readonly inline: string | undefined
  readonly notes: readonly string[]
}

export const CONFIG_FILE = 'PIPIT_CONFIG'
export const CONFIG_INLINE = 'PIPIT_CONFIG_INLINE'

/** LocalStack's names, so that a compose file can be switched over by its image alone. */
const ALIASES = [
  { name: 'SQS_DELAY_RECENTLY_DELETED', path: ['strict', 'recreateDelay'], text: 'boolean', same: 'PIPIT_STRICT' },
  { name: 'SQS_DELAY_PURGE_RETRY', path: ['strict', 'purgeDelay'], text: 'boolean', same: 'PIPIT_STRICT' },
] as const

/** Variables of the verbs that talk to a running pipit. */
const CLIENT_VARIABLES = ['PIPIT_URL']

export function readEnvironment(environment: Environment): EnvironmentLayers {
  const notes: string[] = []
  const own = settings.flatMap(({ env: name, path, text: kind }) => {
    const text = variable(environment, name)
    return text === undefined ? [] : [{ path, value: valueFromText(kind, text), name }]
  })
  const aliases = ALIASES.flatMap(({ name, path, text: kind, same }) => {
    const text = variable(environment, name)
    if (text === undefined) return []
    notes.push(`${name}=${text} is taken for ${path.join('.')} (pipit's own name: ${same})`)
    return [{ path, value: valueFromText(kind, text), name }]
  })
  const known = [...settings.map(({ env }) => env), CONFIG_FILE, CONFIG_INLINE, ...CLIENT_VARIABLES]
  for (const name of Object.keys(environment).toSorted()) {
    if (!name.startsWith('PIPIT_') || known.includes(name)) continue
    const guess = nearest(name, known)
    notes.push(`${name} is not a variable that pipit knows${guess === undefined ? '' : `: did you mean ${guess}?`}`)
  }
  return {
    own: namedLayer(own),
    aliases: namedLayer(aliases),
    configFile: variable(environment, CONFIG_FILE),
    inline: variable(environment, CONFIG_INLINE),
    notes,
  }
}
