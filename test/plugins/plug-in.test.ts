import test from 'ava'
import { loadConfig } from '../../src/config.ts'
import { seededRandom } from '../../src/core/random.ts'
import { VirtualClock } from '../../src/core/clock.ts'
import { defineInjector } from '../../src/plugins/define-injector.ts'
import { plugIn } from '../../src/plugins/plug-in.ts'

const { config } = loadConfig({ flags: {}, env: {}, cwd: import.meta.dirname })
const parts = {
  config,
  services: [],
  wall: new VirtualClock(),
  random: seededRandom(1),
  sessions: { find: () => undefined },
}

test('injectors that act by themselves stand at their legs, and the others are words for rules', (t) => {
  const standing = defineInjector({ name: 'standing', on: {}, before: () => {} })
  const waiting = defineInjector({ name: 'waiting', before: () => {} })
  const { injections, rules } = plugIn({ ...parts, plugins: { injectors: [standing, waiting] } })
  t.is(injections.at('client').length, 1)
  t.deepEqual(Object.keys(rules.given.injectors ?? {}), ['waiting'])
})

test('what createGateway is given by name wins, and without plugins there is nothing', (t) => {
  const waiting = defineInjector({ name: 'waiting', before: () => {} })
  const own = () => Promise.reject(new Error('never'))
  const { rules } = plugIn({ ...parts, plugins: { injectors: [waiting] }, injectors: { waiting: own } })
  t.is(rules.given.injectors?.['waiting'], own)
  const { injections } = plugIn(parts)
  t.deepEqual(injections.at('client'), [])
})
