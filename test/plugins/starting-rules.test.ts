import test, { type ExecutionContext } from 'ava'
import { loadConfig } from '../../src/config.ts'
import { VirtualClock } from '../../src/core/clock.ts'
import { seededRandom } from '../../src/core/random.ts'
import { createFaults } from '../../src/injectors/rules/create-faults.ts'
import type { Faults } from '../../src/injectors/rules/faults.ts'
import { findPlugins } from '../../src/plugins/find-plugins.ts'
import { StartingRules } from '../../src/plugins/starting-rules.ts'
import { Sessions } from '../../src/sessions.ts'
import { pluginFolder, write } from './plugin-folder.ts'

const rule = (id: string, ms: number): string => `- { id: ${id}, do: { latency: ${ms}ms } }\n`

function started(t: ExecutionContext, files: Record<string, string>, inline: string) {
  const folder = pluginFolder(t, files)
  const wall = new VirtualClock()
  const notes: string[] = []
  const { config } = loadConfig({ flags: {}, env: { PIPIT_CONFIG_INLINE: inline }, cwd: folder })
  const find = () => findPlugins(folder, { cwd: folder, isAsked: false }).files.filter(({ kind }) => kind === 'faults')
  const rules = new StartingRules({ config, services: [], find, note: (text) => notes.push(text) })
  const random = seededRandom(1)
  const sessions = new Sessions([], { wall, random })
  const faults = createFaults(rules.given, {
    sessions,
    defaultSession: 'default',
    wall,
    random,
    refuse: () => {},
    onNote: () => {},
  })
  rules.watch(wall, faults)
  t.teardown(() => rules.close())
  return { folder, wall, notes, faults }
}

const told = (faults: Faults): string[] =>
  faults.counted(undefined).map((counted) => `${counted.rule.id} ${JSON.stringify(counted.rule.do)}`)

test('rules of the folder hold from the start, and what the config says takes their place', (t) => {
  const { faults } = started(
    t,
    { 'a.faults.yaml': rule('a', 1) + rule('b', 1) },
    `faults:\n${rule('b', 2)}${rule('c', 3)}`,
  )
  t.deepEqual(told(faults), ['a {"latency":"1ms"}', 'b {"latency":"2ms"}', 'c {"latency":"3ms"}'])
})

test('a change is in force within a second; a wrong one changes nothing', (t) => {
  const { faults, folder, wall, notes } = started(t, { 'a.faults.yaml': rule('a', 1) }, '')
  write(folder, { 'a.faults.yaml': rule('a', 20) + rule('b', 1) })
  wall.advance(1000)
  t.deepEqual(told(faults), ['a {"latency":"20ms"}', 'b {"latency":"1ms"}'])
  write(folder, { 'a.faults.yaml': '- { id: a, do: { latncy: 30ms } }' })
  wall.advance(1000)
  t.deepEqual(told(faults), ['a {"latency":"20ms"}', 'b {"latency":"1ms"}'])
  t.regex(notes.at(-1) ?? '', /^a\.faults\.yaml:1:\d+ .*did you mean "latency"\?.*is not taken over/)
})

test('a change that cannot be put into force is told about', (t) => {
  const { faults, folder, wall, notes } = started(t, { 'a.faults.yaml': rule('a', 1) }, '')
  faults.add('blue', [{ id: 'mine', do: { latency: '1ms' }, at: 'client', enabled: true }])
  write(folder, { 'a.faults.yaml': rule('mine', 1) })
  wall.advance(1000)
  t.deepEqual(notes, [
    'a.faults.yaml was read again: 1 rule',
    'there is a rule mine of session blue: choose another id',
  ])
  t.true(told(faults).includes('a {"latency":"1ms"}'))
})
