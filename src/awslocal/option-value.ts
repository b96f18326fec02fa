import { PipitError } from '../core/errors.ts'
import type { Shape } from '../core/shapes.ts'
import { parseShorthand, type ShorthandValue } from './shorthand.ts'

/** Reads `file://` and `fileb://`. */
export type ReadFile = (path: string) => Buffer

/** What stands behind an option on the command line, as the JSON that the API wants for its shape. */
export function optionValue(option: string, words: readonly string[], shape: Shape, readFile: ReadFile): unknown {
  try {
    const texts = words.map((word) => contentOf(word, shape, readFile))
    if (shape.type === 'list') return listValue(texts, shape.member)
    if (texts.length !== 1)
      throw new PipitError('usage', texts.length === 0 ? 'expected one value' : `unknown word "${words[1]}" behind it`)
    return oneValue(texts[0] as string, shape)
  } catch (error) {
    if (error instanceof PipitError) throw new PipitError('usage', `${option}: ${error.message}`, { cause: error })
    throw error
  }
}

/** Bytes travel as base64, which is also how they are written on the command line. */
function contentOf(word: string, shape: Shape, readFile: ReadFile): string {
  const [, binary, path] = /^file(b?):\/\/(.+)$/s.exec(word) ?? []
  if (path === undefined) return word
  const bytes = readFile(path)
  return binary === 'b' && shape.type === 'blob' ? bytes.toString('base64') : bytes.toString('utf8')
}

/** `a b c`, `Id=1,… Id=2,…`, or all of it as JSON. */
function listValue(texts: readonly string[], member: Shape): unknown {
  const [first = ''] = texts
  if (texts.length === 1 && first.trimStart().startsWith('[')) return json(first)
  return texts.map((text) => oneValue(text, member))
}

function oneValue(text: string, shape: Shape): unknown {
  switch (shape.type) {
    case 'string':
    case 'blob':
      return text
    case 'integer':
    case 'long':
      if (!/^-?\d+$/.test(text.trim())) throw new PipitError('usage', `expected a whole number, got "${text}"`)
      return Number(text)
    case 'boolean':
      if (!/^(?:true|false)$/i.test(text)) throw new PipitError('usage', `expected true or false, got "${text}"`)
      return /^true$/i.test(text)
    case 'list':
    case 'map':
    case 'structure':
      return /^\s*[[{]/.test(text) ? json(text) : shaped(parseShorthand(text), shape)
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new PipitError('usage', `expected JSON: ${(error as Error).message}`, { cause: error })
  }
}

/** Shorthand knows only text; the shape knows what is a number, and that one value may be a list of one. */
function shaped(value: ShorthandValue, shape: Shape): unknown {
  if (shape.type === 'list')
    return (Array.isArray(value) ? (value as ShorthandValue[]) : [value]).map((each) => shaped(each, shape.member))
  if (shape.type === 'map' || shape.type === 'structure') {
    if (typeof value !== 'object' || Array.isArray(value)) throw new PipitError('usage', 'expected key=value pairs')
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => {
        const inner =
          shape.type === 'map' ? shape.value : Object.hasOwn(shape.members, key) ? shape.members[key] : undefined
        if (inner === undefined && shape.type === 'structure')
          throw new PipitError(
            'usage',
            `unknown key "${key}", expected one of ${Object.keys(shape.members).join(', ')}`,
          )
        return [key, inner === undefined ? each : shaped(each, inner)]
      }),
    )
  }
  // A comma in a text that is no list is a part of it: DelaySeconds=5, a policy.
  const text = Array.isArray(value) ? value.join(',') : value
  if (typeof text !== 'string') throw new PipitError('usage', 'expected text')
  return oneValue(text, shape)
}
