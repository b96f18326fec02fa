import type { Config } from './config.ts'
import type { Clock } from './core/clock.ts'
import type { PipitError } from './core/errors.ts'
import { type Exchange, header, type Outcome } from './core/exchange.ts'
import type { Hop, Injector } from './core/hop.ts'
import type { Random } from './core/random.ts'
import type { OnMiss, Service } from './core/service.ts'
import { Library, type SettledMode } from './fixtures/library.ts'
import { recorder } from './fixtures/recorder.ts'
import type { Replay } from './fixtures/replay.ts'
import { Store } from './fixtures/store.ts'
import { replayHop } from './hops/replay.ts'
import type { Session } from './session.ts'
import { DEFAULT_SESSION, type Sessions } from './sessions.ts'

export interface PlayingParts {
  readonly config: Config
  readonly services: readonly Service[]
  readonly wall: Clock
  readonly random: Random
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
  /** `mock`, `forward`: what answers what is not in the fixture, where the operator wants that. */
  hop(mock: Hop, forward: Hop): Hop
  modeOf(session: Session | undefined, service: string): SettledMode
  /** Is it written down what a session is answered, of any service? */
  readonly isRecorded: (session: Session) => boolean
  /** Throws a PipitError for what a session cannot record or replay; `undefined`: the default one. */
  check(session?: Session): void
}

export function createPlaying(parts: PlayingParts): Playing {
  const { config, services, wall, random, sessions, hasUpstream, onTrouble } = parts
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
  const modesOf = (session: Session): Set<SettledMode> =>
    new Set(Object.keys({ ...config.mode, ...session.modes }).map((service) => modeOf(session, service)))
  const replayOf = (session: Session): Replay => library.replaying(session.name) ?? begun(session)
  const begun = (session: Session): Replay => {
    const replay = library.replayOf(session, {
      mockOf: (service) => session.mock(service),
      nowMs: () => session.clock.nowMs(),
      random,
      timeScale: config.timeScale,
    })
    session.hearPeers((exchange, result) => replay.hear(exchange, result))
    return replay
  }
  const onMissOf = (session: Session | undefined): OnMiss => session?.onMiss ?? config.onMiss
  const isRecorded = (session: Session, service: string): boolean => {
    const mode = modeOf(session, service)
    return mode === 'record' || (mode === 'replay' && onMissOf(session) === 'record')
  }
  return {
    library,
    modeOf,
    recorder: recorder((exchange) => {
      const session = sessions.find(exchange.session)
      return session !== undefined && isRecorded(session, exchange.service) ? library.recordingOf(session) : undefined
    }, isFromUpstream),
    hop: (mock, forward) =>
      replayHop({
        replayOf: (exchange) => {
          const session = sessions.find(exchange.session)
          return session && replayOf(session)
        },
        onMissOf: ({ session, service }) => {
          const chosen = onMissOf(sessions.find(session))
          const isElsewhere = chosen === 'forward' || chosen === 'record'
          return isElsewhere && !hasUpstream(service) ? 'error' : chosen
        },
        mock,
        forward,
      }),
    isRecorded: (session) => modesOf(session).has('record'),
    check(session = sessions.default) {
      const modes = modesOf(session)
      // Sessions can bring their own fixtures: then the default one needs none.
      const { fixture } = config
      if (session === sessions.default && (fixture === undefined || library.hasBelow(fixture))) modes.delete('replay')
      for (const mode of modes) library.check(mode, library.nameFor(session), session.name)
      // It has to be played even when nobody comes.
      if (modes.has('replay')) replayOf(session)
      // That a test asks for nothing is worth a fixture, too; of the default one nobody has said that it is a test.
      if (modes.has('record') && session !== sessions.default) library.recordingOf(session)
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
