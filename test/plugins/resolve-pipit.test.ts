import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import test from 'ava'
import * as pipit from '../../src/index.ts'
import { resolvePipit } from '../../src/plugins/resolve-pipit.ts'
import { pluginFolder } from './plugin-folder.ts'

test('the bare name is this very pipit, wherever the file is; other names are looked for as ever', async (t) => {
  const folder = pluginFolder(t, {
    'a.js': "import * as pipit from 'pipit'\nimport { join } from 'node:path'\nexport default { pipit, join }",
    'b.js': "import 'pipitt'",
  })
  resolvePipit()
  resolvePipit()
  const load = (name: string) => import(pathToFileURL(join(folder, name)).href) as Promise<{ default: any }>
  const { default: given } = await load('a.js')
  t.is(given.pipit.defineService, pipit.defineService)
  t.is(given.join, join)
  await t.throwsAsync(load('b.js'), { any: true, code: 'ERR_MODULE_NOT_FOUND' })
})
