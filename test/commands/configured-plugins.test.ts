import test from 'ava'
import { configuredPlugins } from '../../src/commands/configured-plugins.ts'
import { loadConfig } from '../../src/config.ts'
import { VirtualClock } from '../../src/core/clock.ts'
import { sqs } from '../../src/sqs/service.ts'
import { GREETER, pluginFolder } from '../plugins/plugin-folder.ts'

test('the folder of the config is loaded, beside the services that are there', async (t) => {
  const plugins = pluginFolder(t, {
    'greeter.service.js': GREETER,
    'sqs.service.js': GREETER.replace("'greeter'", "'sqs'"),
  })
  const { config } = loadConfig({ flags: { plugins }, env: {}, cwd: plugins })
  const { services, notes } = await configuredPlugins(config, [sqs()], new VirtualClock(), () => {})
  t.deepEqual(
    services.map(({ name }) => name),
    ['greeter'],
  )
  t.regex(notes.join(), /sqs\.service\.js:3 is left out: the name sqs is pipit's own/)
})

test('where there is no folder, and nobody has named one, there are no plugins', async (t) => {
  const { config } = loadConfig({ flags: {}, env: {}, cwd: import.meta.dirname })
  const plugins = await configuredPlugins(config, [], new VirtualClock(), () => {})
  t.deepEqual([plugins.services, plugins.injectors, plugins.notes, plugins.faultFiles], [[], [], [], undefined])
  const asked = { ...config, plugins: './no-such-folder' }
  await t.throwsAsync(
    configuredPlugins(asked, [], new VirtualClock(), () => {}),
    { message: /does not exist/ },
  )
})
