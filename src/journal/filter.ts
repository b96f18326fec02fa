import { parseDuration } from '../core/duration.ts'
import { PipitError } from '../core/errors.ts'
import { glob } from '../core/glob.ts'
import { didYouMean } from '../core/nearest.ts'

/** What a filter asks of an exchange, by the names of FIELDS. Several values: one that fits is enough. */
export type Readable = (field: FieldName) => FieldValue
export type FieldValue = string | number | readonly string[] | undefined

/** Does an exchange fit? */
export type Filter = (read: Readable) => boolean

/** What can be asked for, with other words for it. */
const FIELDS = {
  op: { type: 'text', aliases: ['operation'] },
  queue: { type: 'text', aliases: ['resource'] },
  status: { type: 'status', aliases: [] },
  error: { type: 'text', aliases: ['code'] },
  source: { type: 'text', aliases: [] },
  fault: { type: 'text', aliases: ['rule'] },
  failure: { type: 'text', aliases: [] },
  session: { type: 'text', aliases: [] },
  service: { type: 'text', aliases: [] },
  client: { type: 'text', aliases: [] },
  region: { type: 'text', aliases: [] },
  account: { type: 'text', aliases: [] },
  protocol: { type: 'text', aliases: [] },
  method: { type: 'text', aliases: [] },
  path: { type: 'text', aliases: [] },
  id: { type: 'text', aliases: [] },
  invocation: { type: 'text', aliases: [] },
  attempt: { type: 'number', aliases: [] },
  duration: { type: 'duration', aliases: ['took'] },
  bytes: { type: 'number', aliases: [] },
} as const satisfies Record<string, { type: FieldType; aliases: readonly string[] }>

export type FieldName = keyof typeof FIELDS
type FieldType = 'text' | 'number' | 'status' | 'duration'

const NAMES = new Map<string, FieldName>(
  (Object.keys(FIELDS) as FieldName[]).flatMap((name) => [name, ...FIELDS[name].aliases].map((word) => [word, name])),
)

/** Longer filters are not typed. */
const LONGEST_FILTER = 2000

/** A word, where quotes may hold spaces: `error="a b"`, `-op=Receive*`. */
const WORD = /(?:[^\s"]|"[^"]*"?)+/g
const TERM = /^(-?)([A-Za-z-]*)(!=|>=|<=|=|>|<)(.*)$/s

/**
 * `op=Send* status>=400 queue=orders,events -client=boto3 duration>100ms`: every term must hold; a comma is an or, `*`
 * and `?` are globs, `-` or `!=` is a not, text fields take any case. A word alone (`orders`, `Send*`) is looked for in
 * operation, queue, error and fault. Throws PipitError `bad-filter`.
 */
export function parseFilter(text: string): Filter {
  if (text.length > LONGEST_FILTER) throw complaint(`is longer than ${LONGEST_FILTER} characters`)
  if ((text.match(/"/g)?.length ?? 0) % 2 === 1) throw complaint('has a " that is not closed')
  const terms = (text.match(WORD) ?? []).map(parseTerm)
  return (read) => terms.every((term) => term(read))
}

function parseTerm(written: string): Filter {
  const [, minus, name, operator, value] = TERM.exec(written) ?? []
  if (operator === undefined) return wordTerm(written)
  const field = NAMES.get((name as string).toLowerCase())
  if (field === undefined) throw unknownField(name as string, written)
  const fits = comparison(field, operator, unquoted(value as string), written)
  const isWanted = (minus === '-') === (operator === '!=')
  return (read) => valuesOf(read(field)).some(fits) === isWanted
}

const WORD_FIELDS = ['op', 'queue', 'error', 'fault'] as const

function wordTerm(written: string): Filter {
  const isWanted = !written.startsWith('-')
  const word = unquoted(isWanted ? written : written.slice(1))
  if (word === '') throw complaint(`expected a word or a term like "op=Send*", got ${JSON.stringify(written)}`)
  const fits = globsOf(word)
  return (read) => WORD_FIELDS.some((field) => valuesOf(read(field)).some(fits)) === isWanted
}

function comparison(field: FieldName, operator: string, value: string, written: string): (value: unknown) => boolean {
  const { type } = FIELDS[field]
  const isEquality = operator === '=' || operator === '!='
  if (value === '') throw complaint(`${JSON.stringify(written)} has no value`)
  if (type === 'text') {
    if (!isEquality) throw complaint(`${JSON.stringify(written)}: ${field} is a text, compare it with = or !=`)
    return globsOf(value)
  }
  if (type === 'status' && isEquality) return globsOf(statusGlob(value, written))
  if (isEquality) {
    const wanted = value.split(',').map((part) => numberOf(type, part, written))
    return (given) => wanted.includes(Number(given))
  }
  const bound = numberOf(type, value, written)
  return (given) => COMPARE[operator as keyof typeof COMPARE](Number(given), bound)
}

const COMPARE = {
  '>': (given: number, bound: number) => given > bound,
  '>=': (given: number, bound: number) => given >= bound,
  '<': (given: number, bound: number) => given < bound,
  '<=': (given: number, bound: number) => given <= bound,
}

/** `200`, `4xx`, `40*` */
function statusGlob(value: string, written: string): string {
  const parts = value.split(',')
  if (!parts.every((part) => /^(?=.{1,3}$)[1-9](?:\d{0,2}\*?|\d?x{1,2})$/i.test(part)))
    throw complaint(`${JSON.stringify(written)}: expected a status like 200, 4xx or >=400`)
  return value.replaceAll(/x/gi, '?')
}

function numberOf(type: FieldType, value: string, written: string): number {
  const number = type === 'duration' ? parseDuration(value) : /^\d{1,15}(?:\.\d{1,9})?$/.test(value) && Number(value)
  if (typeof number === 'number') return number
  const expected = type === 'duration' ? 'a duration like "200ms"' : 'a number'
  throw complaint(`${JSON.stringify(written)}: expected ${expected}`)
}

/** `orders*,events`: one of these, the whole of it, in any case. */
function globsOf(value: string): (given: unknown) => boolean {
  const globs = value.split(',').map((part) => glob(part.toLowerCase()))
  return (given) => {
    const text = String(given).toLowerCase()
    return globs.some((fits) => fits(text))
  }
}

function valuesOf(value: FieldValue): readonly (string | number)[] {
  if (value === undefined) return []
  return typeof value === 'object' ? value : [value]
}

function unquoted(value: string): string {
  return value.replaceAll('"', '')
}

function unknownField(name: string, written: string): PipitError {
  const guess = didYouMean(name, NAMES.keys())
  const known = guess === '' ? `, expected one of ${Object.keys(FIELDS).join(', ')}` : guess
  return complaint(
    name === '' ? `${JSON.stringify(written)} names no field${known}` : `unknown field "${name}"${known}`,
  )
}

function complaint(what: string): PipitError {
  return new PipitError('bad-filter', `filter: ${what}`)
}
