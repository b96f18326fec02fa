import { type ControlClient, controlClient, type ControlTarget } from './http/control-client.ts'

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

/** A running pipit, or one session of it. Every method throws a PipitError that says what to do. */
export interface Pipit {
  readonly url: string
  readonly clock: SessionClockControl
  /** A new session; without a name it gets one that nobody has. */
  session(name?: string): Promise<PipitSession>
  /** As at the start; `all` unless said. */
  reset(scope?: ResetScope): Promise<void>
  /** Every other resource of the control plane, by its path: `/_pipit/sqs/queues`. */
  readonly control: ControlClient
}

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
    async session(name) {
      const made = (await control.ask('POST', '/_pipit/sessions', { body: { name } })) as Introduction
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

type Introduction = Pick<PipitSession, 'name' | 'endpoint' | 'env'>
