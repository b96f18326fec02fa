import { join } from 'node:path'
import test from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import { LOAD_LIMIT_MS, loadModule } from '../../src/plugins/load-module.ts'
import { pluginFolder } from './plugin-folder.ts'

test('a module is run, and answers what it exports', async (t) => {
  const folder = pluginFolder(t, { 'a b.js': 'export const a = 1\nexport default await Promise.resolve(2)' })
  t.like(await loadModule(join(folder, 'a b.js'), new VirtualClock()), { a: 1, default: 2 })
})

test('what it throws is thrown', async (t) => {
  const folder = pluginFolder(t, { 'a.js': "throw new RangeError('too far')\nexport default 1" })
  await t.throwsAsync(loadModule(join(folder, 'a.js'), new VirtualClock()), { instanceOf: RangeError })
})

test('one that never finishes is given up', async (t) => {
  const folder = pluginFolder(t, { 'a.js': 'await new Promise(() => {})\nexport default 1' })
  const wall = new VirtualClock()
  const loading = t.throwsAsync(loadModule(join(folder, 'a.js'), wall), {
    message: /has not finished loading within 10 s/,
  })
  wall.advance(LOAD_LIMIT_MS)
  await loading
})
