import type { Clock } from './core/clock.ts'
import { PipitError } from './core/errors.ts'
import type { Mock, MockEnvironment, Service } from './core/service.ts'

/** One test's own world: the state of every service, and its time. */
export interface Session {
  readonly name: string
  readonly clock: Clock
  mock(service: string): Mock
}

export interface Sessions {
  /** Which world a request belongs to. */
  resolve(): Session
  find(name: string): Session
  /** Ends everything that waits, in every session. */
  close(): void
}

export const DEFAULT_SESSION = 'default'

/** There is one session today, the default one; everything that has state is kept by session all the same. */
export function createSessions(services: readonly Service[], environment: MockEnvironment): Sessions {
  const session = createSession(DEFAULT_SESSION, services, environment)
  return {
    resolve: () => session,
    find: () => session,
    close: () => {
      for (const { name } of services) session.mock(name).close()
    },
  }
}

function createSession(name: string, services: readonly Service[], environment: MockEnvironment): Session {
  const mocks = new Map(services.map((service) => [service.name, service.mock(environment)]))
  return {
    name,
    clock: environment.clock,
    mock(service) {
      const mock = mocks.get(service)
      if (mock === undefined) throw new PipitError('no-service', `there is no service ${service}`)
      return mock
    },
  }
}
