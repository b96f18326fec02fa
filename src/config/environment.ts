import { namedLayer, valueFromText, type Layer } from './layer.ts'
import { nearest } from '../core/nearest.ts'
import { readLocalstackEnvironment } from './localstack-environment.ts'
import { variable, type Environment } from './process-environment.ts'
import { settings } from './schema.ts'

export interface EnvironmentLayers {
  readonly own: Layer
  /** Other tools' names for the same; pipit's own win over them. */
  readonly aliases: Layer
  /** What the image says for those who say nothing. */
  readonly image: Layer
  readonly configFile: string | undefined
  readonly inline: string | undefined
  readonly notes: readonly string[]
}

export const CONFIG_FILE = 'PIPIT_CONFIG'
export const CONFIG_INLINE = 'PIPIT_CONFIG_INLINE'

/** For images: where to listen when nobody says anything, not even a file. */
const DEFAULT_LISTEN = 'PIPIT_DEFAULT_LISTEN'

/** The names that servers commonly have for these files. */
const TLS_ALIASES = [
  { name: 'SSL_KEY', path: ['tls', 'key'] },
  { name: 'SSL_CERT', path: ['tls', 'cert'] },
] as const

/** The first pipit's name for the folder. */
const EXTENSIONS = 'PIPIT_EXTENSIONS'

/** Variables of the verbs that talk to a running pipit. */
const CLIENT_VARIABLES = ['PIPIT_URL']

export function readEnvironment(environment: Environment): EnvironmentLayers {
  const entry = (name: string, path: readonly string[]) => {
    const value = variable(environment, name)
    return value === undefined ? [] : [{ path, value, name }]
  }
  const own = settings.flatMap(({ env: name, path, text: kind }) => {
    const text = variable(environment, name)
    return text === undefined ? [] : [{ path, value: valueFromText(kind, text), name }]
  })
  const localstack = readLocalstackEnvironment(environment)
  const extensions = entry(EXTENSIONS, ['plugins'])
  const aliases = [...TLS_ALIASES.flatMap(({ name, path }) => entry(name, path)), ...extensions, ...localstack.entries]
  const known = [
    ...settings.map(({ env }) => env),
    CONFIG_FILE,
    CONFIG_INLINE,
    DEFAULT_LISTEN,
    EXTENSIONS,
    ...CLIENT_VARIABLES,
  ]
  const notes = [
    ...extensions.map(({ name, value }) => `${name}=${value} is taken for plugins (pipit's own name: PIPIT_PLUGINS)`),
    ...localstack.notes,
  ]
  for (const name of Object.keys(environment).toSorted()) {
    if (!name.startsWith('PIPIT_') || known.includes(name)) continue
    const guess = nearest(name, known)
    notes.push(`${name} is not a variable that pipit knows${guess === undefined ? '' : `: did you mean ${guess}?`}`)
  }
  return {
    own: namedLayer(own),
    aliases: namedLayer(aliases),
    image: namedLayer(entry(DEFAULT_LISTEN, ['listen'])),
    configFile: variable(environment, CONFIG_FILE),
    inline: variable(environment, CONFIG_INLINE),
    notes,
  }
}
