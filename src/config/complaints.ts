import type * as v from 'valibot'
import type { Layer, PathKey } from './layer.ts'

type Issue = v.BaseIssue<unknown>

/** `pipit.yaml:12:7 log.level: expected …, got "loud"`: one line, for one mistake in one source. */
export function complaint(layer: Layer, issue: Issue): string {
  const { path, part, cause } = innermost(issue)
  const place = layer.locate(path, part)
  const head = layer.namesPaths && path.length > 0 ? `${place} ${formatPath(path)}` : place
  return `${head}: ${cause.message}${got(cause, part)}`
}

export function formatPath(path: readonly PathKey[]): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`
      if (!/^[A-Za-z_][\w-]*$/.test(key)) return `[${JSON.stringify(key)}]`
      return index === 0 ? key : `.${key}`
    })
    .join('')
}

interface Located {
  readonly path: readonly PathKey[]
  readonly part: 'key' | 'value'
  readonly cause: Issue
}

/**
 * A value that fits none of several forms has one mistake per form. The form that was meant is the one that was got
 * right the farthest down; when none got anywhere, the forms together are the answer.
 */
function innermost(issue: Issue, base: readonly PathKey[] = []): Located {
  const items = issue.path ?? []
  const path = [...base, ...items.map(({ key }) => key as PathKey)]
  const here: Located = { path, part: items.at(-1)?.origin === 'key' ? 'key' : 'value', cause: issue }
  return (issue.issues ?? [])
    .map((inner) => innermost(inner, path))
    .reduce((best, inner) => (promise(inner) > promise(best) ? inner : best), here)
}

/** The deeper the better; then a misspelt key before the missing one it stands for; then the right type. */
function promise({ path, cause }: Located): number {
  return path.length * 4 + (cause.expected === 'never' ? 2 : 0) + (cause.kind === 'schema' ? 0 : 1)
}

const LONGEST_VALUE = 60

function got(issue: Issue, part: 'key' | 'value'): string {
  if (part === 'key' || issue.input === undefined) return ''
  const text = asText(issue.input)
  return `, got ${text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text}`
}

/** What is nested without an end, or too deeply, is no text. */
function asText(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return '…'
    throw error
  }
}
