import test from 'ava'
import { adminRoute, json } from '../../src/core/admin-route.ts'
import type { Clock } from '../../src/core/clock.ts'
import { seededRandom } from '../../src/core/random.ts'
import type { Service } from '../../src/core/service.ts'
import { Monitors } from '../../src/monitors.ts'
import { Metrics } from '../../src/metrics/metrics.ts'
import { Journal } from '../../src/journal/journal.ts'
import { adminRoutes } from '../../src/admin/index.ts'
import { echo } from '../echo-service.ts'
import { lab } from '../injectors/rules/lab.ts'
import { asking, someSessions } from './plane.ts'

function noMonitors(wall: Clock): Monitors {
  const nothing = (): void => {}
  const told = { onEnded: nothing, onNote: nothing, onBug: nothing }
  return new Monitors({ wall, random: seededRandom(1), services: [], region: 'us-east-1', session: 'default', ...told })
}

function plane() {
  const service: Service = {
    ...echo(),
    adminRoutes: (mocks) => [
      adminRoute({
        method: 'GET',
        path: '/_pipit/echo/same',
        summary: 'is it the mock of the session?',
        answers: { 200: 'yes or no' },
        answer: (ask) => json(200, { isBlue: mocks.of(ask) === sessions.open('blue').mock('echo') }),
      }),
    ],
  }
  const { sessions, wall } = someSessions([service])
  return asking(
    adminRoutes({
      readiness: { isReady: true },
      sessions,
      wall,
      journal: new Journal({ describe: () => ({}), life: 'life' }),
      metrics: new Metrics(),
      faults: lab({ services: [service] }).faults,
      resetFaults: () => {},
      services: [service],
      monitors: noMonitors(wall),
      host: undefined,
      region: 'us-east-1',
      version: '1.2.3',
    }),
  )
}

test('a service brings its own resources, each for the session that is asked for', async (t) => {
  const ask = plane()
  t.false((await ask('GET', '/_pipit/echo/same')).body.isBlue)
  t.true((await ask('GET', '/s/blue/_pipit/echo/same')).body.isBlue)
})

test('no two resources have the same method and path', (t) => {
  const { sessions, wall } = someSessions([])
  const routes = adminRoutes({
    readiness: { isReady: true },
    sessions,
    wall,
    journal: new Journal({ describe: () => ({}), life: 'life' }),
    metrics: new Metrics(),
    faults: lab().faults,
    resetFaults: () => {},
    services: [],
    monitors: noMonitors(wall),
    host: undefined,
    region: 'us-east-1',
    version: '',
  })
  const names = routes.map(({ method, path }) => `${method} ${path}`)
  t.deepEqual(names, [...new Set(names)])
})

test('what the document lists is there, and what is there is in the document', async (t) => {
  const ask = plane()
  const { paths } = (await ask('GET', '/_pipit/openapi.json')).body
  for (const [path, methods] of Object.entries<Record<string, unknown>>(paths))
    for (const method of Object.keys(methods)) {
      const { status, body } = await ask(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'nobody'))
      t.not(status, 405, `${method} ${path}`)
      t.false(status === 404 && /there is nothing at/.test(body.error), `${method} ${path}`)
      const known = Object.keys((methods[method] as { responses: object }).responses)
      t.true(known.includes(String(status)), `${method} ${path} answers ${status}, which the document does not know`)
    }
})
