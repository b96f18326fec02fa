import { rmSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import type { DeclaredFaults } from '../../src/config.ts'
import { VirtualClock } from '../../src/core/clock.ts'
import { PipitError } from '../../src/core/errors.ts'
import { FaultFiles } from '../../src/plugins/fault-files.ts'
import { findPlugins } from '../../src/plugins/find-plugins.ts'
import { pluginFolder, write } from './plugin-folder.ts'

interface Watched {
  readonly folder: string
  readonly notes: string[]
  readonly files: FaultFiles
  /** Says that a second has passed; answers how often something has changed by now. */
  second(): number
}

function watched(t: ExecutionContext, contents: Record<string, string>): Watched {
  const folder = pluginFolder(t, contents)
  const notes: string[] = []
  const check = ({ entries, source }: DeclaredFaults): void => {
    if (entries.includes('wrong'))
      throw new PipitError('bad-config', `${source.locate(['faults', entries.indexOf('wrong')], 'value')}: not a rule`)
  }
  const files = new FaultFiles({
    find: () => findPlugins(folder, { cwd: folder, isAsked: false }).files.filter(({ kind }) => kind === 'faults'),
    check,
    note: (text) => notes.push(text),
  })
  const wall = new VirtualClock()
  let changes = 0
  files.watch(wall, () => changes++)
  t.teardown(() => files.close())
  return {
    folder,
    notes,
    files,
    second: () => {
      wall.advance(1000)
      return changes
    },
  }
}

const entries = ({ files }: Watched): unknown[] => files.declared.map((declared) => declared.entries)

test('a file is a list of rules, or one under faults', (t) => {
  const those = watched(t, { 'a.faults.yaml': '- one\n- two', 'b.faults.yaml': 'faults: [three]' })
  t.deepEqual(entries(those), [['one', 'two'], ['three']])
  t.deepEqual(those.notes, [])
})

test('a file that is written again is read again, and that is told', (t) => {
  const those = watched(t, { 'a.faults.yaml': '- one' })
  t.is(those.second(), 0)
  write(those.folder, { 'a.faults.yaml': '- one\n- another' })
  t.is(those.second(), 1)
  t.deepEqual(entries(those), [['one', 'another']])
  t.deepEqual(those.notes, ['a.faults.yaml was read again: 2 rules'])
  t.is(those.second(), 1)
})

test('files come and go', (t) => {
  const those = watched(t, { 'a.faults.yaml': '- one' })
  write(those.folder, { 'b.faults.yaml': '- two' })
  t.is(those.second(), 1)
  t.deepEqual(entries(those), [['one'], ['two']])
  rmSync(join(those.folder, 'a.faults.yaml'))
  t.is(those.second(), 2)
  t.deepEqual(entries(those), [['two']])
})

test('a new version that is wrong is told about, and the old one stays until one is right', (t) => {
  const those = watched(t, { 'a.faults.yaml': '- one' })
  const stays = 'a.faults.yaml is not taken over, and what it said before stays'
  write(those.folder, { 'a.faults.yaml': '- fine\n- wrong' })
  t.is(those.second(), 0)
  write(those.folder, { 'a.faults.yaml': '- "' })
  t.is(those.second(), 0)
  t.deepEqual(entries(those), [['one']])
  t.is(those.notes[0], `a.faults.yaml:2:3: not a rule; ${stays}`)
  t.regex(those.notes[1] ?? '', /^a\.faults\.yaml:1:\d+: not valid YAML: .*; a\.faults\.yaml is not taken over/)
  write(those.folder, { 'a.faults.yaml': '- three and more' })
  t.is(those.second(), 1)
  t.deepEqual(entries(those), [['three and more']])
})

for (const [title, content, note] of [
  ['wrong from the start', '- wrong', 'a.faults.yaml:1:3: not a rule; a.faults.yaml is left out'],
  [
    'a mapping of other things',
    'faults: []\nseed: 4',
    'a.faults.yaml:2:1: expected a list of rules; a.faults.yaml is left out',
  ],
  ['a text', 'faults: one', 'a.faults.yaml:1:1: expected a list of rules; a.faults.yaml is left out'],
  ['empty', '', 'a.faults.yaml:1:1: expected a list of rules; a.faults.yaml is left out'],
] as const)
  test(`a file that is ${title} is left out, and the others count`, (t) => {
    const those = watched(t, { 'a.faults.yaml': content, 'b.faults.yaml': '- two' })
    t.deepEqual(entries(those), [['two']])
    t.deepEqual(those.notes, [note])
  })

test('nobody looks any more when it is over', (t) => {
  const those = watched(t, { 'a.faults.yaml': '- one' })
  those.files.close()
  write(those.folder, { 'a.faults.yaml': '- two two' })
  t.is(those.second(), 0)
})
