import test from 'ava'
import { namePlugin, pluginName } from '../../src/plugins/plugin-name.ts'

test('a plugin has the name of its file, and another one until it has', (t) => {
  const plugin = {}
  t.is(pluginName(plugin, 'service greeter'), 'service greeter')
  namePlugin(plugin, 'plugins/greeter.service.js')
  t.is(pluginName(plugin, 'service greeter'), 'plugins/greeter.service.js')
})
