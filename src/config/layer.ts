import * as v from 'valibot'
import type { Setting } from './option.ts'
import { schema, settings, type Values } from './schema.ts'

export type PathKey = string | number

/** What one source says, and where it says it. */
export interface Layer {
  readonly tree: unknown
  /** Where a path is written: `pipit.yaml:7:5`, `PIPIT_QUEUES`; the place of its nearest ancestor when it is not. */
  locate(path: readonly PathKey[], part: 'key' | 'value'): string
  /** Complaints name the path too: a place in a file does not tell it, the name of a variable does. */
  readonly namesPaths: boolean
}

/** A layer that the schema has accepted. */
export interface Checked {
  readonly layer: Layer
  readonly values: Values
}

const SWITCHES = new Map([
  ...['1', 'true', 'yes', 'on'].map((word) => [word, true] as const),
  ...['0', 'false', 'no', 'off'].map((word) => [word, false] as const),
])

/** One text as the value that its option expects; what does not look like one is left for the schema to refuse. */
export function valueFromText(kind: Setting['text'], text: string): unknown {
  if (kind === 'boolean') return SWITCHES.get(text.trim().toLowerCase()) ?? text
  if (kind === 'number') return /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : text
  return text
}

/** A source in which every value has a name of its own: flags, the environment. */
export function namedLayer(entries: Iterable<{ path: readonly string[]; value: unknown; name: string }>): Layer {
  const tree = {}
  const names = new Map<string, string>()
  for (const { path, value, name } of entries) {
    setIn(tree, path, value)
    names.set(path.join(' '), name)
  }
  return {
    tree,
    namesPaths: false,
    locate(path) {
      for (let length = path.length; length > 0; length--) {
        const name = names.get(path.slice(0, length).join(' '))
        if (name !== undefined) return name
      }
      return [...names.values()].join(', ')
    },
  }
}

/** What holds where nobody says anything else. */
export function defaultsLayer(): Layer {
  return namedLayer(
    settings
      .filter(({ fallback }) => fallback !== undefined)
      .map(({ path, fallback }) => ({ path, value: fallback, name: 'default' })),
  )
}

export function checkLayer(
  layer: Layer,
): Checked | { readonly layer: Layer; readonly issues: readonly v.BaseIssue<unknown>[] } {
  const result = v.safeParse(schema, layer.tree)
  return result.success ? { layer, values: result.output } : { layer, issues: result.issues }
}

export function getIn(tree: unknown, path: readonly PathKey[]): unknown {
  let at = tree
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined
    at = (at as Record<PathKey, unknown>)[key]
  }
  return at
}

export function setIn(tree: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key = '', ...rest] = path
  if (rest.length === 0) {
    tree[key] = value
    return
  }
  const child = (tree[key] ??= {})
  setIn(child as Record<string, unknown>, rest, value)
}
