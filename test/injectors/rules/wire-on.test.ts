import test from 'ava'
import { compileWireOn, WIRE_CONDITIONS, type WirePlace } from '../../../src/injectors/rules/wire-on.ts'
import type { On } from '../../../src/injectors/rules/on.ts'

const misses = (on: On, place: WirePlace): string | undefined =>
  compileWireOn(on).find(({ fits }) => !fits(place))?.reason

for (const [on, place, miss] of [
  [{}, { connection: 1, port: 3001 }, undefined],
  [{ connection: 1 }, { connection: 1, port: 3001 }, undefined],
  [{ connection: 1 }, { connection: 2, port: 3001 }, 'connection'],
  [{ connection: [2, 3], port: 3001 }, { connection: 3, port: 3001 }, undefined],
  [{ connection: { not: 1 } }, { connection: 1, port: 3001 }, 'connection'],
  [{ port: '30*' }, { connection: 1, port: 3001 }, undefined],
  [{ port: '30*' }, { connection: 1, port: 4001 }, 'port'],
] as const)
  test(`${JSON.stringify(on)} and connection ${place.connection} of port ${place.port}: ${miss ?? 'fits'}`, (t) => {
    t.is(misses(on, place), miss)
  })

test('there is nothing else to ask a connection for', (t) => {
  t.deepEqual(WIRE_CONDITIONS, ['connection', 'port'])
})
