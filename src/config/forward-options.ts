import * as v from 'valibot'
import { notList } from '../core/strictly.ts'
import { ALL_SERVICES, type ServiceTable } from '../core/service-table.ts'
import type { UpstreamTarget } from '../core/upstream.ts'
import { commaList } from './comma-list.ts'
import { ofOneService, option, type OptionRules, section } from './option.ts'
import { formatUpstream, parseUpstream } from './upstream-text.ts'

const MODE = 'expected mock, forward, record, replay or auto'
const UPSTREAM = 'expected aws or a URL like "http://localstack:4566"'
const GLOBS = 'expected a list like "queue:orders*,queue:dead"'
const OPERATIONS = 'expected a list of operations like "Get*,ReceiveMessage"'
const SWITCH = 'expected true or false'
const ACCOUNT = 'expected an account of twelve digits'

const mode = v.picklist(['mock', 'forward', 'record', 'replay', 'auto'], MODE)

const upstream = v.pipe(
  v.string(UPSTREAM),
  v.rawTransform<string, UpstreamTarget>(({ dataset, addIssue, NEVER }) => {
    const parsed = parseUpstream(dataset.value)
    if (!('wrong' in parsed)) return parsed
    addIssue({ message: parsed.wrong })
    return NEVER
  }),
)

const words = (expected: string) => {
  const word = v.pipe(
    v.string(expected),
    v.transform((text) => text.trim()),
    v.nonEmpty(expected),
  )
  const list = v.pipe(v.array(word, expected), v.minLength(1, expected))
  const text = v.pipe(v.string(), v.transform(commaList), list)
  return v.union([text, list], expected)
}

/** As a number, where YAML takes it for one. */
const account = v.pipe(
  v.union([v.string(), v.number()], ACCOUNT),
  v.transform((given) => String(given).padStart(12, '0')),
  v.regex(/^\d{12}$/, ACCOUNT),
)

/** One value for all services, or a mapping of their names to values. */
function forAll<const S extends v.GenericSchema<unknown, unknown>>(value: S, expected: string) {
  const alone = v.pipe(
    value,
    v.transform((given): ServiceTable<v.InferOutput<S>> => ({ [ALL_SERVICES]: given })),
  )
  return v.union([alone, byName(value)], expected)
}

/** And as a text `sqs=forward,dynamodb=mock`. */
function named<const S extends v.GenericSchema<string, unknown>>(value: S, expected: string) {
  const table = byName(value)
  const text = v.pipe(
    v.string(),
    v.transform((given): v.InferInput<typeof table> => {
      return Object.fromEntries(commaList(given).map(entryOf))
    }),
    table,
    v.minEntries(1, expected),
  )
  return v.union([text, table], expected)
}

const NAME = 'expected the name of a service, like sqs, or * for all'

function byName<const S extends v.GenericSchema>(value: S) {
  const name = v.pipe(v.string(), v.regex(/^(?:\*|[a-z0-9][a-z0-9-]{0,62})$/, NAME))
  return notList(v.record(name, value), NAME)
}

/** A URL has a colon before it has an equals sign, and `aws?region=…` a question mark. */
function entryOf(text: string): [string, string] {
  const [, name = ALL_SERVICES, value = ''] = /^\s*(?:([^:?=]*)=)?(.*)$/s.exec(text) ?? []
  return [name.trim(), value.trim()]
}

const RULES = {
  mode: {
    what: 'what answers: mock, forward, record, replay or auto; of one service like sqs=forward',
    flag: 'mode',
    text: 'string',
    fallback: 'mock',
    written: (table: ServiceTable<string>) => asWritten(table, String),
  },
  upstream: {
    what: 'where to forward to: aws, or the URL of any other endpoint; of one service like sqs=aws',
    flag: 'upstream',
    text: 'string',
    written: (table: ServiceTable<UpstreamTarget>) => asWritten(table, formatUpstream),
  },
  only: {
    what: 'what may be forwarded: globs of what a call is about, like queue:orders*',
    flag: 'only',
    text: 'string',
    written: (table: ServiceTable<readonly string[]>) => asWritten(table, (globs) => globs),
  },
  operations: {
    what: 'which operations may be forwarded, as globs like Get*',
    flag: 'operations',
    text: 'string',
    written: (table: ServiceTable<readonly string[]>) => asWritten(table, (globs) => globs),
  },
  readOnly: {
    what: 'forward only what changes nothing; receiving a message does',
    flag: 'read-only',
    text: 'boolean',
    written: (table: ServiceTable<boolean>) => asWritten(table, (isOn) => isOn),
  },
  confirmAccount: {
    what: 'forward only with credentials of this account',
    flag: 'confirm-account',
    text: 'string',
    written: (table: ServiceTable<string>) => asWritten(table, String),
  },
} as const satisfies Record<string, OptionRules>

/** Said of all services, or of each by its name. */
export const forwardOptions = {
  mode: option(RULES.mode, named(mode, MODE)),
  upstream: option(RULES.upstream, named(upstream, UPSTREAM)),
  only: option(RULES.only, forAll(words(GLOBS), GLOBS)),
  operations: option(RULES.operations, forAll(words(OPERATIONS), OPERATIONS)),
  readOnly: option(RULES.readOnly, forAll(v.boolean(SWITCH), SWITCH)),
  confirmAccount: option(RULES.confirmAccount, forAll(account, ACCOUNT)),
}

/** The same below `services.<name>`. */
export const ofEachService = {
  mode: ofOneService(RULES.mode, mode),
  upstream: ofOneService(RULES.upstream, upstream),
  only: ofOneService(RULES.only, words(GLOBS)),
  operations: ofOneService(RULES.operations, words(OPERATIONS)),
  readOnly: ofOneService(RULES.readOnly, v.boolean(SWITCH)),
  confirmAccount: ofOneService(RULES.confirmAccount, account),
}

/** Those that pipit knows, and any other that it forwards. */
export function services<const E extends v.ObjectEntries>(known: E) {
  const expected = 'expected a mapping of services'
  return v.nullish(notList(v.objectWithRest(known, section(ofEachService), expected), expected))
}

/** What a request of the control plane says of a session's modes. */
export const modes = named(mode, MODE)

function asWritten<T>(table: ServiceTable<T>, write: (value: T) => unknown): unknown {
  const entries = Object.entries(table)
  const [first] = entries
  if (first !== undefined && entries.length === 1 && first[0] === ALL_SERVICES) return write(first[1])
  return Object.fromEntries(entries.map(([name, value]) => [name, write(value)]))
}
