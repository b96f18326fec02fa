import test from 'ava'
import { loadConfig } from '../../../src/config.ts'
import { VirtualClock } from '../../../src/core/clock.ts'
import { seededRandom } from '../../../src/core/random.ts'
import { checkFaults, createFaults } from '../../../src/injectors/rules/create-faults.ts'
import { Sessions } from '../../../src/sessions.ts'
import { sqs } from '../../../src/sqs/service.ts'

const services = [sqs()]

function world(notes: string[] = []) {
  const wall = new VirtualClock()
  const random = seededRandom(1)
  const sessions = new Sessions(services, { wall, random })
  return {
    wall,
    random,
    sessions,
    defaultSession: 'default',
    refuse: () => {},
    onNote: (note: string) => void notes.push(note),
  }
}

const configOf = (env: Record<string, string>) => loadConfig({ flags: {}, env, cwd: '/' }).config

test('the seed is the config’s, else another one each time', (t) => {
  t.is(createFaults({ config: configOf({ PIPIT_SEED: '42' }), services }, world()).seed, 42)
  const drawn = createFaults({ config: configOf({}), services }, world()).seed
  t.true(Number.isInteger(drawn) && drawn >= 0 && drawn < 2 ** 32)
})

test('rules of the config and of the code are there, and words of the code are known', (t) => {
  const config = configOf({ PIPIT_FAULTS: 'half-open', PIPIT_UNUSED: 'error' })
  const injectors = { own: (exchange: never, next: (exchange: never) => never) => next(exchange) } as never
  const faults = createFaults({ config, services, injectors, faults: [{ id: 'a', do: { use: 'own' } }] }, world())
  t.is(faults.unused, 'error')
  t.deepEqual(
    faults.counted(undefined).map(({ rule }) => rule.id),
    ['half-open', 'a'],
  )
})

test('whether a config is right can be asked without a gateway', (t) => {
  t.notThrows(() => checkFaults({ config: configOf({ PIPIT_FAULTS: 'half-open' }), services }))
  t.throws(() => checkFaults({ config: configOf({ PIPIT_FAULTS: 'half-opn' }), services }), {
    code: 'bad-config',
    message: 'PIPIT_FAULTS: there is no preset "half-opn" (did you mean "half-open"?)',
  })
})

test('the first rule that comes later has the seed told, where nobody has chosen it', (t) => {
  const notes: string[] = []
  const add = (env: Record<string, string>): void => {
    const faults = createFaults({ config: configOf(env), services }, world(notes))
    faults.add(undefined, [{ id: 'a', at: 'client', do: { latency: 5 }, enabled: true }])
    faults.add(undefined, [{ id: 'b', at: 'client', do: { latency: 5 }, enabled: true }])
  }
  add({ PIPIT_SEED: '42' })
  // The start screen has told it.
  add({ PIPIT_FAULTS: 'half-open' })
  t.deepEqual(notes, [])
  add({})
  t.is(notes.length, 1)
  t.regex(notes[0] ?? '', /^faults draw from the seed (\d+): PIPIT_SEED=\1 draws the same again$/)
})
