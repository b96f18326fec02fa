import type { Config } from './config.ts'
import type { Clock } from './core/clock.ts'
import type { PipitError } from './core/errors.ts'
import { type Exchange, header, type Outcome } from './core/exchange.ts'
import type { Injector } from './core/hop.ts'
import type { Service } from './core/service.ts'
import { Library, type SettledMode } from './fixtures/library.ts'
import { recorder } from './fixtures/recorder.ts'
import { Store } from './fixtures/store.ts'
import type { Session } from './session.ts'
import { DEFAULT_SESSION, type Sessions } from './sessions.ts'

export interface PlayingParts {
  readonly config: Config
  readonly services: readonly Service[]
  readonly wall: Clock
  readonly sessions: Sessions
  /** Is there somewhere to forward a service to? */
  readonly hasUpstream: (service: string) => boolean
  readonly onTrouble: (error: PipitError) => void
}

/** What sessions record and replay, as the config and they themselves have it. */
export interface Playing {
  readonly library: Library
  /** The innermost injector of the upstream's leg. */
  readonly recorder: Injector
  modeOf(session: Session | undefined, service: string): SettledMode
  /** Throws a PipitError for what a session cannot record or replay; `undefined`: the default one. */
  readonly check: (session?: Session) => void
}

export function createPlaying({ config, services, wall, sessions, hasUpstream, onTrouble }: PlayingParts): Playing {
  const { tokens, volatile, keep } = config.services.sqs
  const library = new Library({
    store: new Store(config.fixtures),
    services,
    declared: { tokens, volatile, keep },
    wall,
    fixture: config.fixture,
    defaultSession: DEFAULT_SESSION,
    isCi: config.isCi,
    onTrouble,
  })
  const modeOf = (session: Session | undefined, service: string): SettledMode =>
    session === undefined ? 'mock' : library.settle(session.modeOf(service), session, service, hasUpstream(service))
  return {
    library,
    modeOf,
    recorder: recorder((exchange) => {
      const session = sessions.find(exchange.session)
      return session !== undefined && modeOf(session, exchange.service) === 'record'
        ? library.recordingOf(session)
        : undefined
    }, isFromUpstream),
    check(session = sessions.default) {
      const named = Object.keys({ ...config.mode, ...session.modes })
      const modes = new Set(named.map((service) => modeOf(session, service)))
      for (const mode of modes) library.check(mode, library.nameFor(session), session.name)
    },
  }
}

/** What the gateway itself says of an upstream that it cannot reach, or that it does not ask, nobody has answered. */
function isFromUpstream(outcome: Outcome, { trace }: Exchange): boolean {
  return (
    trace.source === 'forward' &&
    outcome.kind === 'response' &&
    header(outcome.response, 'x-pipit-source') === 'forward'
  )
}
