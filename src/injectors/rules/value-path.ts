import { PipitError } from '../../core/errors.ts'

/** `MessageBody.order.id`, `Entries[0].Id`, `Entries.*.MessageBody`, `$.Attributes["a.b"]`. */
export type ValuePath = readonly (string | typeof ANY)[]

const ANY = Symbol('any')

const LONGEST_PATH = 500
const WHOLE = /^(?:\$\.?)?(?:(?:\.?[\w-]+|\.?\*|\[(?:\d+|\*)\]|\["[^"\]]+"\]))+$/
const KEY = /\.?([\w-]+)|\[(\d+)\]|\["([^"\]]+)"\]|\.?(\*)|\[(\*)\]/g

/** Throws a PipitError `bad-request` for what is no path. */
export function parsePath(text: string): ValuePath {
  if (text.length > LONGEST_PATH || !WHOLE.test(text))
    throw new PipitError('bad-request', `expected a path like MessageBody.order.id or Entries[0].Id`)
  return [...text.replace(/^\$\.?/, '').matchAll(KEY)].map(([, name, index, quoted]) => name ?? index ?? quoted ?? ANY)
}

/** Wider lists than that are not looked through for every request. */
const MOST_VALUES = 1000

/**
 * What stands at a path, as texts; a text on the way that is JSON is read as such: a message's body mostly is. Numbers,
 * true, false and null are as in JSON.
 */
export function textsAt(root: unknown, path: ValuePath): readonly string[] {
  let values: readonly unknown[] = [root]
  for (const key of path) values = values.flatMap((value) => childrenOf(opened(value), key)).slice(0, MOST_VALUES)
  return values.map(textOf)
}

function childrenOf(value: unknown, key: ValuePath[number]): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (key === ANY) return Object.values(value)
  return Object.hasOwn(value, key) ? [(value as Record<string, unknown>)[key]] : []
}

function opened(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch (error) {
    if (error instanceof SyntaxError) return value
    throw error
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  return Buffer.isBuffer(value) ? value.toString('utf8') : JSON.stringify(value)
}
