import test from 'ava'
import { PipitError } from '../../src/core/errors.ts'
import { printConfig } from '../../src/config/print.ts'
import { type Flags, loadConfig } from '../../src/config.ts'

const load = (flags: Flags, env: Record<string, string> = {}) => loadConfig({ flags, env, cwd: import.meta.dirname })
const FORWARD = { listen: { host: undefined, port: 3001 }, target: { host: 'localhost', port: 3000 } }

for (const [title, env] of [
  ['one in words', { PIPIT_MONITORS: '3001 localhost 3000' }],
  ['a URL', { PIPIT_MONITORS: ':3001 http://localhost:3000' }],
  ['a list in YAML', { PIPIT_CONFIG_INLINE: 'monitors: [3001 localhost 3000]' }],
  ['a mapping in YAML', { PIPIT_CONFIG_INLINE: 'monitors: [{ listen: 3001, to: "localhost:3000" }]' }],
  ['a text in YAML', { PIPIT_CONFIG_INLINE: 'monitors: 3001 localhost 3000' }],
] as const)
  test(`monitors as ${title} are understood`, (t) => {
    t.deepEqual(load({}, env).config.monitors, [FORWARD])
  })

test('several are separated by commas, and are opened where the gateway is', (t) => {
  const { config } = load({ monitors: '3001 a 80, 127.0.0.1:3002 b:81', host: '0.0.0.0' })
  t.deepEqual(config.monitors, [
    { listen: { host: '0.0.0.0', port: 3001 }, target: { host: 'a', port: 80 } },
    { listen: { host: '127.0.0.1', port: 3002 }, target: { host: 'b', port: 81 } },
  ])
})

test('there are none unless somebody says so', (t) => {
  t.deepEqual(load({}).config.monitors, [])
})

for (const [env, message] of [
  [{ PIPIT_MONITORS: '3001' }, /^PIPIT_MONITORS: expected a forward like "3001 localhost 3000"/],
  [{ PIPIT_CONFIG_INLINE: 'monitors: [{ listen: x, to: "localhost:3000" }]' }, /listen: expected a port or an address/],
  [{ PIPIT_CONFIG_INLINE: 'monitors: [{ listen: 3001, to: here }]' }, /to: expected where it goes on/],
  [{ PIPIT_CONFIG_INLINE: 'monitors: [{ listen: 3001, too: here }]' }, /unknown key \(did you mean "to"\?\)/],
] as const)
  test(`${Object.values(env)[0]} is refused`, (t) => {
    const error = t.throws(() => load({}, env), { instanceOf: PipitError })
    t.regex(error?.message ?? '', message)
  })

test('they are printed as they are written', (t) => {
  t.regex(
    printConfig(load({ monitors: '[::1]:3001 http://[::1]:3000' })),
    /monitors:\n {2}- "?'?\[::1\]:3001 \[::1\]:3000/,
  )
})
