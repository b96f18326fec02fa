import { VirtualClock } from '../../../src/core/clock.ts'
import {
  type Call,
  type Caller,
  createExchange,
  type DecodeFailure,
  type Exchange,
  type Leg,
  type Outcome,
  Presence,
  type Result,
} from '../../../src/core/exchange.ts'
import type { Hop } from '../../../src/core/hop.ts'
import { seededRandom } from '../../../src/core/random.ts'
import type { Protocol, Service } from '../../../src/core/service.ts'
import { configuredRules, type WrittenFault } from '../../../src/injectors/rules/configured-rules.ts'
import { readRules } from '../../../src/injectors/rules/entries.ts'
import { Faults, type Scope } from '../../../src/injectors/rules/faults.ts'
import { reportOf, type RuleReport } from '../../../src/injectors/rules/report.ts'
import type { Rule } from '../../../src/injectors/rules/rule.ts'
import { type NamedInjector, vocabularyOf } from '../../../src/injectors/rules/vocabulary.ts'
import { Sessions } from '../../../src/sessions.ts'
import { sqs } from '../../../src/sqs/service.ts'

const [protocol] = sqs().protocols as readonly [Protocol, ...Protocol[]]

/** What happens and changes nothing. */
export const NOTE = { use: 'note' }
const note: NamedInjector = (exchange, next) => next(exchange)

/** A call of SendMessage to orders, unless something else is wanted. */
export interface WantedCall {
  readonly operation?: string | undefined
  readonly service?: string
  readonly queue?: string
  readonly body?: string
  readonly input?: Record<string, unknown>
  readonly session?: string
  readonly attempt?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly caller?: Partial<Caller>
  readonly origin?: string
}

export function exchangeOf(wanted: WantedCall = {}): Exchange {
  const { queue = 'orders', body = 'hello', attempt, headers = {}, origin = 'http://localhost:3000' } = wanted
  const operation = 'operation' in wanted ? wanted.operation : 'SendMessage'
  const input = wanted.input ?? { QueueUrl: `${origin}/000000000000/${queue}`, MessageBody: body }
  const call: Call | DecodeFailure =
    operation === undefined
      ? { protocol, error: { shape: 'X', code: 'X', status: 400, fault: 'Sender', message: 'x' } }
      : { protocol, operation, input, path: '/' }
  const said = attempt === undefined ? [] : ['amz-sdk-request', `attempt=${attempt}; max=3`]
  return createExchange({
    id: 'id',
    leg: 'client',
    service: wanted.service ?? 'sqs',
    session: wanted.session ?? 'default',
    mount: '',
    origin,
    caller: { accessKey: 'any', region: 'us-east-1', account: '000000000000', signingName: 'sqs', ...wanted.caller },
    request: {
      method: 'POST',
      target: '/',
      rawHeaders: [...Object.entries(headers).flat(), ...said],
      body: Buffer.from(JSON.stringify(input)),
    },
    receivedAtMs: 0,
    presence: new Presence(),
    decode: () => call,
  })
}

export function answer(result: Result = { kind: 'output', output: {} }, status = 200): Outcome {
  return { kind: 'response', response: { status, rawHeaders: [], body: '{}' }, result }
}

export interface LabOptions {
  readonly faults?: readonly WrittenFault[]
  readonly injectors?: Readonly<Record<string, NamedInjector>>
  readonly services?: readonly Service[]
  readonly seed?: number
  readonly unused?: 'warn' | 'error'
}

/** Faults in a world without sockets, in which time stands still. */
export function lab({
  faults: written = [],
  injectors = {},
  services = [sqs()],
  seed = 42,
  unused = 'warn',
}: LabOptions = {}) {
  const wall = new VirtualClock()
  const sessions = new Sessions(services, { wall, random: seededRandom(1), release: (name) => faults.drop(name) })
  const vocabulary = vocabularyOf(services, { note, ...injectors })
  const refused: number[] = []
  const faults: Faults = new Faults(
    { vocabulary, seed, unused, sessions, wall, defaultSession: 'default', refuse: (ms) => refused.push(ms) },
    configuredRules([], written, vocabulary),
  )
  const read = (...entries: readonly unknown[]): readonly Rule[] =>
    readRules({ entries, source: { namesPaths: true, locate: () => 'test' } }, vocabulary)
  /** Sends a call through a leg, and says how often it was executed and what fired. */
  const pass = async (wanted: WantedCall = {}, how: { leg?: Leg; hop?: Hop } = {}) => {
    const { leg = 'client', hop = () => answer() } = how
    sessions.open(wanted.session ?? 'default')
    const exchange = exchangeOf(wanted)
    let executed = 0
    const outcome = await faults.injector(leg)(exchange, (inner) => {
      executed++
      return hop(inner)
    })
    const fired = exchange.trace.faults
    return { exchange, outcome, executed, fired, rules: fired.map(({ rule }) => rule).toSorted() }
  }
  const report = (id: string, scope?: Scope): RuleReport => {
    const found = faults
      .counted(scope)
      .map(reportOf)
      .find((one) => one.id === id)
    if (found === undefined) throw new Error(`no rule ${id}`)
    return found
  }
  const add = (scope: Scope, ...entries: readonly unknown[]): void => faults.add(scope, read(...entries))
  return { faults, sessions, wall, vocabulary, refused, read, add, pass, report }
}
