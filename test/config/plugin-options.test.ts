import test from 'ava'
import { complaintsOf, load } from './sources.ts'

test('the plugins folder is told by flag, variable and file, and by the variable of the first pipit', (t) => {
  t.is(load({}).config.plugins, undefined)
  t.is(load({ env: { PIPIT_PLUGINS: 'a' }, flags: { plugins: 'b' } }).config.plugins, 'b')
  t.is(load({ env: { PIPIT_PLUGINS: 'a', PIPIT_EXTENSIONS: 'b' } }).config.plugins, 'a')
  t.is(load({ env: { PIPIT_CONFIG_INLINE: 'plugins: c' } }).config.plugins, 'c')
  const { config, notes } = load({ env: { PIPIT_EXTENSIONS: '/var/pipit' } })
  t.is(config.plugins, '/var/pipit')
  t.deepEqual(notes, ["PIPIT_EXTENSIONS=/var/pipit is taken for plugins (pipit's own name: PIPIT_PLUGINS)"])
})

test('an empty folder name is refused', (t) => {
  t.regex(
    complaintsOf({ env: { PIPIT_CONFIG_INLINE: 'plugins: ""' } })[0] ?? '',
    /plugins: expected the path of a folder/,
  )
})
