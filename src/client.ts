import type { ReplayReport } from './fixtures/replay-report.ts'
import { type ControlClient, controlClient, type ControlTarget } from './http/control-client.ts'
import type { WrittenFault } from './injectors/rules/configured-rules.ts'
import type { WrittenRule } from './injectors/rules/rule.ts'

export type { ReplayReport }

export type ResetScope = 'messages' | 'queues' | 'faults' | 'journal' | 'all'

/** A moment of a session, as its control plane says it. */
export interface SessionTime {
  readonly session: string
  /** ISO 8601, in UTC. */
  readonly now: string
  readonly nowMs: number
  /** How far it is ahead of real time. */
  readonly offsetMs: number
  readonly frozen: boolean
}

export interface SessionClockControl {
  now(): Promise<SessionTime>
  /** By a duration like `5m`, or milliseconds. What is due on the way has happened when this resolves. */
  advance(by: string | number): Promise<SessionTime>
  /** To a moment, ISO 8601 or milliseconds since 1970; it is not in the past. */
  set(to: string | number): Promise<SessionTime>
  freeze(): Promise<SessionTime>
  resume(): Promise<SessionTime>
}

/** A rule, and what became of it. */
export interface FaultReport extends WrittenRule {
  readonly id: string
  /** Whose it is, where it is not of all sessions. */
  readonly session?: string
  /** Exchanges at its leg. */
  readonly considered: number
  /** Those that its `on` asks for. */
  readonly matched: number
  /** Those to which it really happened. */
  readonly fired: number
  /** Why not to the others. */
  readonly skippedBy: Readonly<Record<string, number>>
}

/** A run as rules without chance. */
export interface FaultScript {
  readonly seed: number
  readonly faults: readonly WrittenRule[]
}

/** Faults of all sessions, or, of a session's client, its own. */
export interface FaultsControl {
  list(): Promise<readonly FaultReport[]>
  /** Answers the ids. Throws `conflict` where one is there already. */
  add(...faults: readonly WrittenFault[]): Promise<readonly string[]>
  /** These, and none of those that were there. */
  replace(...faults: readonly WrittenFault[]): Promise<readonly string[]>
  /** Members that are there replace those of the rule: `set('lost-ack', { enabled: false })`. */
  set(id: string, change: Partial<Omit<WrittenRule, 'id'>>): Promise<void>
  /** One, or all. */
  remove(id?: string): Promise<void>
  /**
   * Resolves when rules have fired as often as they should: at least once, unless bounds say otherwise. Throws `unmet`
   * with the reason for each that has not. Answers those that never fired and were not asked for.
   */
  verify(
    bounds?: Readonly<Record<string, { readonly min?: number; readonly max?: number }>>,
  ): Promise<readonly string[]>
  /** What has happened, to be given to another run. */
  export(): Promise<FaultScript>
}

/** What was recorded, played by a session. Throws `not-found` where it neither replays nor records. */
export interface ReplayControl {
  /** Nothing, of a session that records. */
  report(): Promise<ReplayReport | undefined>
  /**
   * Throws `unmet`, with a line for each call that was not recorded, and for each recorded one that nobody made. For those
   * it waits a second, or the timeout: `5s`, or milliseconds.
   */
  verify(options?: { readonly timeout?: string | number }): Promise<void>
  /** From the beginning: the fixture as if nobody had asked, the queues as at the start. */
  rewind(): Promise<void>
}

/** A test's own world, and what steers it. */
export interface PipitSession extends Pipit {
  readonly name: string
  /** For `endpoint` or `endpoint_url`. */
  readonly endpoint: string
  /** For a process whose AWS SDK is configured by its environment. */
  readonly env: Readonly<Record<string, string>>
  /** Ends what waits in it and forgets all of it; also by `await using`. */
  delete(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** What a session has a word of its own on; what it does not say is as the gateway was started. */
export interface SessionRules {
  /** `forward`, `sqs=record`, or by service: `{ sqs: 'mock' }`. */
  readonly mode?: string | Readonly<Record<string, string>>
  /** The fixture that it records or replays: `orders/checkout`. */
  readonly fixture?: string
  /** What answers a call that is not in it. */
  readonly onMiss?: 'error' | 'mock' | 'forward' | 'record'
}

/** A running pipit, or one session of it. Every method throws a PipitError that says what to do. */
export interface Pipit {
  readonly url: string
  readonly clock: SessionClockControl
  readonly faults: FaultsControl
  readonly replay: ReplayControl
  /** A new session; without a name it gets one that nobody has: `session({ fixture: 'orders/checkout' })`. */
  session(name?: string, rules?: SessionRules): Promise<PipitSession>
  session(rules: SessionRules): Promise<PipitSession>
  /** As at the start; `all` unless said. */
  reset(scope?: ResetScope): Promise<void>
  /** Every other resource of the control plane, by its path: `/_pipit/sqs/queues`. */
  readonly control: ControlClient
}

/** pipit answers by then, whatever the timeout that it is given. */
const LONGEST_VERDICT_MS = 11 * 60_000

/** Steers a running pipit from a test. `connect('http://localhost:3000')` */
export function connect(url: string, options: Omit<ControlTarget, 'url'> = {}): Pipit {
  const control = controlClient({ ...options, url })
  const move = (body: object): Promise<SessionTime> =>
    control.ask('POST', '/_pipit/clock', { body }) as Promise<SessionTime>
  return {
    url: control.url,
    control,
    clock: {
      now: () => control.ask('GET', '/_pipit/clock') as Promise<SessionTime>,
      advance: (by) => move({ advance: by }),
      set: (to) => move({ set: to }),
      freeze: () => move({ freeze: true }),
      resume: () => move({ resume: true }),
    },
    faults: faultsControl(control),
    replay: replayControl(control),
    async session(named: string | SessionRules | undefined, rules?: SessionRules) {
      const body = typeof named === 'object' ? named : { name: named, ...rules }
      const made = (await control.ask('POST', '/_pipit/sessions', { body })) as Introduction
      const path = `/_pipit/sessions/${made.name}`
      const end = async (): Promise<void> => void (await control.ask('DELETE', path))
      return {
        ...connect(made.env['PIPIT_URL'] as string, { token: options.token }),
        ...made,
        delete: end,
        [Symbol.asyncDispose]: end,
      }
    },
    async reset(scope) {
      await control.ask('POST', '/_pipit/reset', { query: { scope } })
    },
  }
}

function faultsControl(control: ControlClient): FaultsControl {
  const path = '/_pipit/faults'
  const of = (id: string): string => `${path}/${encodeURIComponent(id)}`
  const put = async (method: 'POST' | 'PUT', body: readonly WrittenFault[]): Promise<readonly string[]> => {
    const { faults } = (await control.ask(method, path, { body })) as { faults: readonly FaultReport[] }
    return faults.map(({ id }) => id)
  }
  return {
    list: async () => ((await control.ask('GET', path)) as { faults: readonly FaultReport[] }).faults,
    add: (...faults) => put('POST', faults),
    replace: (...faults) => put('PUT', faults),
    set: async (id, change) => void (await control.ask('PATCH', of(id), { body: change })),
    remove: async (id) => void (await control.ask('DELETE', id === undefined ? path : of(id))),
    verify: async (bounds) =>
      ((await control.ask('POST', `${path}/verify`, { body: bounds })) as { unused: readonly string[] }).unused,
    export: () => control.ask('GET', `${path}/export`) as Promise<FaultScript>,
  }
}

function replayControl(control: ControlClient): ReplayControl {
  const path = '/_pipit/replay'
  return {
    report: async () => ((await control.ask('GET', path)) as { replays: readonly ReplayReport[] }).replays[0],
    verify: async ({ timeout } = {}) => {
      const query = { timeout: timeout === undefined ? undefined : String(timeout) }
      await control.ask('POST', `${path}/verify`, { query, timeoutMs: LONGEST_VERDICT_MS })
    },
    rewind: async () => void (await control.ask('POST', `${path}/rewind`)),
  }
}

type Introduction = Pick<PipitSession, 'name' | 'endpoint' | 'env'>
