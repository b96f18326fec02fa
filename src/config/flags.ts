import { namedLayer, valueFromText, type Layer } from './layer.ts'
import { settings } from './schema.ts'

/** As the command line has them, by name without dashes: text, a switch, or the texts of one that may be repeated. */
export type Flags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>

export function flagsLayer(flags: Flags): Layer {
  return namedLayer(
    settings.flatMap(({ flag, path, text: kind }) => {
      const given = flags[flag]
      if (given === undefined) return []
      return [{ path, value: typeof given === 'string' ? valueFromText(kind, given) : given, name: `--${flag}` }]
    }),
  )
}
