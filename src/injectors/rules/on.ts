import * as v from 'valibot'
import { type Exchange, isDecodeFailure, type Outcome } from '../../core/exchange.ts'
import { PipitError } from '../../core/errors.ts'
import type { Service } from '../../core/service.ts'
import { notList, strictly } from '../../core/strictly.ts'
import { DIMENSION_NAMES, DIMENSIONS, type DimensionName } from './dimensions.ts'
import { checkWords } from './known-words.ts'
import { compilePattern, type Fits, type Pattern, pattern } from './pattern.ts'
import { parsePath, textsAt, type ValuePath } from './value-path.ts'

type ByName = Readonly<Record<string, Pattern>>

/** Which requests: all that is said must hold. */
export type Asked = Partial<Readonly<Record<DimensionName, Pattern>>> & {
  /** Any value of a header, whatever the case of its name. */
  readonly header?: ByName
  /** Values of the call's input, by their paths. */
  readonly body?: ByName
}

export interface AskedOfAnswer {
  readonly status?: Pattern
  /** The code of an error, or its shape. */
  readonly error?: Pattern
  /** Values of the call's output, by their paths. */
  readonly body?: ByName
}

export interface On extends Asked {
  /** On leg wire, where there is nothing else: the number of the connection, from 1. */
  readonly connection?: Pattern
  /** There: the port that clients connect to. */
  readonly port?: Pattern
  /** Which requests not. */
  readonly not?: Asked
  /** Which answers: the request has been executed when the rule applies. */
  readonly response?: AskedOfAnswer
}

const PATTERNS = 'expected a mapping of names to patterns'
const MOST_NAMES = 50

const fewNames = v.check<ByName, string>(
  (given) => Object.keys(given).length <= MOST_NAMES,
  `expected at most ${MOST_NAMES} names`,
)
const byHeader = notList(v.pipe(v.record(v.string(), pattern, PATTERNS), fewNames), PATTERNS)

const path = v.pipe(
  v.string(),
  v.rawCheck<string>(({ dataset, addIssue }) => {
    if (!dataset.typed) return
    try {
      parsePath(dataset.value)
    } catch (error) {
      if (!(error instanceof PipitError)) throw error
      addIssue({ message: error.message })
    }
  }),
)
const byPath = notList(v.pipe(v.record(path, pattern, PATTERNS), fewNames), PATTERNS)

const optionalPattern = v.optional(pattern)

const asked = {
  service: optionalPattern,
  operation: optionalPattern,
  queue: optionalPattern,
  attempt: optionalPattern,
  region: optionalPattern,
  account: optionalPattern,
  accessKey: optionalPattern,
  session: optionalPattern,
  protocol: optionalPattern,
  header: v.optional(byHeader),
  body: v.optional(byPath),
} satisfies Record<DimensionName | 'header' | 'body', v.GenericSchema>

/** `services` are those whose words are known: an operation that none of them has is refused. */
export function onSchema(services: readonly Service[]) {
  return v.pipe(
    strictly({
      ...asked,
      connection: optionalPattern,
      port: optionalPattern,
      not: v.optional(v.pipe(strictly(asked), checkWords(services))),
      response: v.optional(strictly({ status: optionalPattern, error: optionalPattern, body: v.optional(byPath) })),
    }),
    checkWords(services),
  )
}

/** One condition, and the word by which `skippedBy` names it. */
export interface Test<Subject> {
  readonly reason: string
  readonly fits: (subject: Subject) => boolean
}

/** What is common to many calls, by which rules are looked up: a value for every dimension that somebody asks for. */
export type Place = Readonly<Partial<Record<DimensionName, string | undefined>>>

/** A condition on a place. */
export interface PlaceTest extends Test<Place> {
  readonly reason: DimensionName
}

/** A rule's conditions as code. */
export interface CompiledOn {
  readonly place: readonly PlaceTest[]
  /** What no place says. */
  readonly request: readonly Test<Exchange>[]
  /** `undefined`: it does not look at the answer. */
  readonly response: readonly Test<Outcome>[] | undefined
}

export function compileOn(on: On, services: readonly Service[]): CompiledOn {
  const { not, response, connection: _connection, port: _port, ...which } = on
  return {
    place: placeTests(which),
    request: [...requestTests(which), ...(not === undefined ? [] : [exceptFor(not, services)])],
    response: response && responseTests(response),
  }
}

function placeTests(which: Asked): PlaceTest[] {
  return DIMENSION_NAMES.flatMap((name) => {
    const written = which[name]
    if (written === undefined) return []
    const fits = compilePattern(written)
    return [{ reason: name, fits: (at) => fits(at[name]) }]
  })
}

function requestTests({ header = {}, body = {} }: Asked): Test<Exchange>[] {
  const headers = Object.entries(header).map(([name, written]) => headerTest(name.toLowerCase(), written))
  return [...headers, ...bodyTests(body, inputOf)]
}

/** All that is said there holds: that is what must not be. */
function exceptFor(not: Asked, services: readonly Service[]): Test<Exchange> {
  const place = placeTests(not)
  const request = requestTests(not)
  const placeOf = (exchange: Exchange): Place => {
    const service = services.find(({ name }) => name === exchange.service)
    return Object.fromEntries(place.map(({ reason }) => [reason, DIMENSIONS[reason](exchange, service)]))
  }
  return {
    reason: 'not',
    fits: (exchange) => {
      const at = placeOf(exchange)
      return !(place.every(({ fits }) => fits(at)) && request.every(({ fits }) => fits(exchange)))
    },
  }
}

function headerTest(name: string, written: Pattern): Test<Exchange> {
  const fits = compilePattern(written)
  return {
    reason: 'header',
    fits: ({ request: { rawHeaders } }) => {
      const values: string[] = []
      for (let i = 0; i < rawHeaders.length; i += 2)
        if ((rawHeaders[i] as string).toLowerCase() === name) values.push(rawHeaders[i + 1] as string)
      return fitsSome(fits, values)
    },
  }
}

function bodyTests<Subject>(body: ByName, valueOf: (subject: Subject) => unknown): Test<Subject>[] {
  return Object.entries(body).map(([written, wanted]) => {
    const at: ValuePath = parsePath(written)
    const fits = compilePattern(wanted)
    return { reason: 'body', fits: (subject) => fitsSome(fits, textsAt(valueOf(subject), at)) }
  })
}

function fitsSome(fits: Fits, texts: readonly string[]): boolean {
  return texts.length === 0 ? fits(undefined) : texts.some(fits)
}

function inputOf(exchange: Exchange): unknown {
  const call = exchange.call()
  return isDecodeFailure(call) ? undefined : call.input
}

function responseTests({ status, error, body = {} }: AskedOfAnswer): Test<Outcome>[] {
  const tests: Test<Outcome>[] = bodyTests(body, outputOf)
  if (error !== undefined) {
    const fits = compilePattern(error)
    tests.unshift({ reason: 'response', fits: (outcome) => fitsSome(fits, errorsOf(outcome)) })
  }
  if (status !== undefined) {
    const fits = compilePattern(status)
    const statusOf = (outcome: Outcome) => (outcome.kind === 'response' ? String(outcome.response.status) : undefined)
    tests.unshift({ reason: 'response', fits: (outcome) => fits(statusOf(outcome)) })
  }
  return tests.map(({ fits }) => ({ reason: 'response', fits }))
}

function outputOf(outcome: Outcome): unknown {
  return outcome.kind === 'response' && outcome.result?.kind === 'output' ? outcome.result.output : undefined
}

function errorsOf(outcome: Outcome): readonly string[] {
  if (outcome.kind !== 'response' || outcome.result?.kind !== 'error') return []
  const { code, shape } = outcome.result.error
  return [code, shape]
}
