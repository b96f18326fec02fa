import { PipitError } from '../core/errors.ts'

/** What a shorthand text means before a shape is laid on it. */
export type ShorthandValue = string | readonly ShorthandValue[] | { readonly [key: string]: ShorthandValue }

interface Cursor {
  readonly text: string
  at: number
}

/** A shell's line is no deeper. */
const MOST_NESTED = 16

/**
 * The AWS CLI's shorthand for a structure or a map:
 *
 *     pairs  = pair *("," pair)
 *     pair   = key "=" value *("," value)              several values are a list: Key=a,b
 *     value  = "{" pairs "}" | "[" value *("," value) "]" | quoted | plain
 */
export function parseShorthand(text: string): { readonly [key: string]: ShorthandValue } {
  const cursor = { text, at: 0 }
  const pairs = readPairs(cursor, '', 0)
  if (cursor.at < text.length) throw mistake(cursor)
  return pairs
}

function readPairs(cursor: Cursor, end: '' | '}', depth: number): Record<string, ShorthandValue> {
  if (depth > MOST_NESTED) throw mistake(cursor)
  const pairs = new Map<string, ShorthandValue>()
  for (;;) {
    const key = /^\s*([^=,{}[\]\s]+)\s*=\s*/.exec(cursor.text.slice(cursor.at))
    if (key?.[1] === undefined) throw mistake(cursor)
    cursor.at += key[0].length
    pairs.set(key[1], readValues(cursor, end, depth))
    if (cursor.text[cursor.at] !== ',') break
    cursor.at++
  }
  if (end !== '' && !took(cursor, end)) throw mistake(cursor)
  return Object.fromEntries(pairs)
}

/** `a`, or `a,b` where what follows the comma is no further pair. */
function readValues(cursor: Cursor, end: '' | '}', depth: number): ShorthandValue {
  const first = readValue(cursor, end === '}' ? ',}' : ',', depth)
  const values = [first]
  while (cursor.text[cursor.at] === ',' && !/^,\s*[^=,{}[\]\s"']+\s*=/.test(cursor.text.slice(cursor.at))) {
    cursor.at++
    values.push(readValue(cursor, end === '}' ? ',}' : ',', depth))
  }
  return values.length === 1 ? first : values
}

function readValue(cursor: Cursor, stops: string, depth: number): ShorthandValue {
  if (took(cursor, '{')) return readPairs(cursor, '}', depth + 1)
  if (took(cursor, '[')) return readList(cursor, depth + 1)
  const quote = cursor.text[cursor.at]
  if (quote === '"' || quote === "'") return readQuoted(cursor, quote)
  let value = ''
  for (; cursor.at < cursor.text.length && !stops.includes(cursor.text[cursor.at] as string); cursor.at++) {
    // A comma that is part of the text is written `\,`.
    if (cursor.text[cursor.at] === '\\' && cursor.text[cursor.at + 1] === ',') cursor.at++
    value += cursor.text[cursor.at]
  }
  return value.trim()
}

function readList(cursor: Cursor, depth: number): ShorthandValue {
  if (depth > MOST_NESTED) throw mistake(cursor)
  const values: ShorthandValue[] = []
  if (took(cursor, ']')) return values
  do values.push(readValue(cursor, ',]', depth))
  while (took(cursor, ','))
  if (!took(cursor, ']')) throw mistake(cursor)
  return values
}

function readQuoted(cursor: Cursor, quote: string): string {
  let value = ''
  for (cursor.at++; cursor.at < cursor.text.length; cursor.at++) {
    const next = cursor.text[cursor.at] as string
    if (next === quote) {
      cursor.at++
      return value
    }
    const escaped = cursor.text[cursor.at + 1]
    if (next === '\\' && (escaped === quote || escaped === '\\')) cursor.at++
    value += cursor.text[cursor.at]
  }
  throw mistake(cursor)
}

function took(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false
  cursor.at++
  return true
}

function mistake({ text, at }: Cursor): PipitError {
  const near = text.slice(at, at + 20)
  return new PipitError(
    'usage',
    `expected key=value pairs or JSON, got ${JSON.stringify(text)}${near && ` (at "${near}")`}`,
  )
}
