import { PipitError } from '../core/errors.ts'

/** One step from a value to another. */
type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'index'; readonly at: number }
  | { readonly kind: 'each'; readonly isFlat: boolean }
  | { readonly kind: 'list'; readonly parts: readonly Path[] }
  | { readonly kind: 'object'; readonly parts: ReadonlyArray<readonly [name: string, part: Path]> }

type Path = readonly Step[]

interface Cursor {
  readonly text: string
  at: number
}

/** Nobody writes a query that is longer, or nested deeper than this allows. */
const LONGEST_QUERY = 2000

const NAME = /[A-Za-z_]\w*|"(?:[^"\\]|\\.)*"/y

/**
 * The part of JMESPath that scripts use with `--query`: `QueueUrl`, `Messages[0].Body`, `QueueUrls[]`,
 * `Messages[*].[MessageId, Body]`, `{url: QueueUrl}`. Functions, filters and pipes are refused.
 */
export function compileQuery(text: string): (data: unknown) => unknown {
  const cursor = { text: text.trim(), at: 0 }
  if (cursor.text.length > LONGEST_QUERY) throw mistake({ text: `${cursor.text.slice(0, 40)}…`, at: 40 })
  const path = readPath(cursor)
  if (cursor.at < cursor.text.length) throw mistake(cursor)
  return (data) => follow(path, data)
}

function readPath(cursor: Cursor): Path {
  const steps: Step[] = []
  space(cursor)
  if (!at(cursor, '[')) steps.push(readPart(cursor))
  for (;;) {
    space(cursor)
    if (take(cursor, '.')) steps.push(readPart(cursor))
    else if (at(cursor, '[')) steps.push(readBracket(cursor, steps.length === 0))
    else return steps
  }
}

/** A name, `[a, b]` or `{x: a}`. */
function readPart(cursor: Cursor): Step {
  space(cursor)
  if (take(cursor, '[')) return { kind: 'list', parts: readSeveral(cursor, ']', readPath) }
  if (take(cursor, '{'))
    return {
      kind: 'object',
      parts: readSeveral(cursor, '}', () => {
        const name = readName(cursor)
        space(cursor)
        if (!take(cursor, ':')) throw mistake(cursor)
        return [name, readPath(cursor)] as const
      }),
    }
  return { kind: 'field', name: readName(cursor) }
}

function readBracket(cursor: Cursor, isFirst: boolean): Step {
  const [whole, inside] = /^\[\s*(-?\d+|\*|)\s*\]/.exec(cursor.text.slice(cursor.at)) ?? []
  if (whole === undefined || inside === undefined) {
    if (isFirst) return readPart(cursor)
    throw mistake(cursor)
  }
  cursor.at += whole.length
  if (inside === '' || inside === '*') return { kind: 'each', isFlat: inside === '' }
  return { kind: 'index', at: Number(inside) }
}

function readSeveral<T>(cursor: Cursor, end: string, read: (cursor: Cursor) => T): T[] {
  const parts: T[] = []
  do {
    parts.push(read(cursor))
    space(cursor)
  } while (take(cursor, ','))
  if (!take(cursor, end)) throw mistake(cursor)
  return parts
}

function readName(cursor: Cursor): string {
  space(cursor)
  NAME.lastIndex = cursor.at
  const [name] = NAME.exec(cursor.text) ?? []
  if (name === undefined) throw mistake(cursor)
  cursor.at += name.length
  return name.startsWith('"') ? unquoted(name, cursor) : name
}

function unquoted(name: string, cursor: Cursor): string {
  try {
    return JSON.parse(name) as string
  } catch {
    throw mistake(cursor)
  }
}

/** `[]` flattens what everything before it has found, `[*]` only goes into each. */
function follow(path: Path, data: unknown): unknown {
  const lastFlat = path.findLastIndex((step) => step.kind === 'each' && step.isFlat)
  if (lastFlat >= 0) return project(follow(path.slice(0, lastFlat), data), path.slice(lastFlat + 1), true)
  const [step, ...rest] = path
  if (step === undefined || data === undefined || data === null) return data ?? null
  switch (step.kind) {
    case 'field':
      return follow(rest, isObject(data) && Object.hasOwn(data, step.name) ? data[step.name] : null)
    case 'index':
      return follow(rest, Array.isArray(data) ? (data.at(step.at) as unknown) : null)
    case 'each':
      return project(data, rest, false)
    case 'list':
      return follow(
        rest,
        step.parts.map((part) => follow(part, data)),
      )
    case 'object':
      return follow(rest, Object.fromEntries(step.parts.map(([name, part]) => [name, follow(part, data)])))
  }
}

function project(data: unknown, rest: Path, isFlat: boolean): unknown {
  if (!Array.isArray(data)) return null
  const items = (isFlat ? data.flat() : data) as unknown[]
  return items.map((item) => follow(rest, item)).filter((item) => item !== null)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function space(cursor: Cursor): void {
  while (/\s/.test(cursor.text[cursor.at] ?? '')) cursor.at++
}

function at({ text, at: position }: Cursor, character: string): boolean {
  return text[position] === character
}

function take(cursor: Cursor, character: string): boolean {
  if (!at(cursor, character)) return false
  cursor.at++
  return true
}

function mistake({ text, at: position }: Cursor): PipitError {
  return new PipitError(
    'usage',
    `--query ${JSON.stringify(text)} is more than is understood here (at "${text.slice(position, position + 20)}"): ` +
      'names, [0], [], [*], [a, b] and {x: a} are',
  )
}
