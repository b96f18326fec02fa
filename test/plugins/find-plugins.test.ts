import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { PipitError } from '../../src/core/errors.ts'
import { findPlugins } from '../../src/plugins/find-plugins.ts'
import { pluginFolder } from './plugin-folder.ts'

test('plugins are found by the ends of their names, in folders, too, and other files are left alone', (t) => {
  const folder = pluginFolder(t, {
    'greeter.service.js': '',
    'typed.service.ts': '',
    'sns/sns.service.js': '',
    'shout.injector.js': '',
    'chaos.faults.yaml': '',
    'more.faults.yml': '',
    'injections.json': '',
    'names.js': '',
    'types.service.d.ts': '',
    'greeter.service.test.js': '',
    'node_modules/other/x.service.js': '',
    '.git/x.service.js': '',
    'README.md': '',
  })
  const { files, notes } = findPlugins(folder, { cwd: folder, isAsked: true })
  t.deepEqual(
    files.map(({ kind, name }) => `${kind} ${name}`),
    [
      'faults chaos.faults.yaml',
      'service greeter.service.js',
      'manifest injections.json',
      'faults more.faults.yml',
      'injector shout.injector.js',
      'service sns/sns.service.js',
      'service typed.service.ts',
    ],
  )
  t.deepEqual(notes, [])
})

test('of a source and what was compiled of it the latter counts', (t) => {
  const folder = pluginFolder(t, { 'a.service.ts': '', 'a.service.js': '' })
  t.deepEqual(
    findPlugins(folder, { cwd: folder, isAsked: true }).files.map(({ name }) => name),
    ['a.service.js'],
  )
})

test('links are followed, as mounts of clusters have them; a circle of them ends', (t) => {
  const folder = pluginFolder(t, { 'real/a.service.js': '' })
  mkdirSync(join(folder, 'mount'))
  symlinkSync(join(folder, 'real/a.service.js'), join(folder, 'mount/a.service.js'))
  symlinkSync(join(folder, 'mount'), join(folder, 'mount/again'))
  symlinkSync(join(folder, 'nowhere'), join(folder, 'mount/gone.service.js'))
  const { files } = findPlugins(join(folder, 'mount'), { cwd: folder, isAsked: true })
  t.true(files.length > 0 && files.length < 10)
})

test('a folder that nobody has named need not be there; one that somebody has must', (t) => {
  const folder = pluginFolder(t, { file: '' })
  const missing = join(folder, 'plugins')
  t.deepEqual(findPlugins(missing, { cwd: folder, isAsked: false }), { files: [], notes: [] })
  t.throws(() => findPlugins(missing, { cwd: folder, isAsked: true }), {
    instanceOf: PipitError,
    message: `the plugins folder ${missing} does not exist`,
  })
  t.throws(() => findPlugins(join(folder, 'file'), { cwd: folder, isAsked: false }), {
    message: /cannot be read: ENOTDIR/,
  })
})
