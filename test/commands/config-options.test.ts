import test from 'ava'
import yargs from 'yargs'
import { flagsOf, withConfigOptions } from '../../src/commands/config-options.ts'
import { settings } from '../../src/config/schema.ts'

test('only flags of the config are passed on, as text or as a switch', (t) => {
  t.deepEqual(
    flagsOf({ _: ['serve'], $0: 'pipit', port: '1', strict: false, config: 'x.yaml', help: true, host: undefined }),
    {
      port: '1',
      strict: false,
      config: 'x.yaml',
    },
  )
})

test('every option of the config is in the help, with its variable and its default', async (t) => {
  const help = (await withConfigOptions(yargs()).wrap(null).getHelp()).split('\n')
  for (const { flag, env, fallback } of settings) {
    const line = help.find((candidate) => candidate.includes(` --${flag} `)) ?? ''
    const byDefault = typeof fallback === 'string' || typeof fallback === 'number' ? `; ${fallback}` : ''
    t.true(line.includes(`[${env}${byDefault}]`), `--${flag}: ${line}`)
  }
  t.true(help.some((line) => line.includes('--config') && line.includes('[PIPIT_CONFIG;')))
})

test('numbers stay text: the config judges them', async (t) => {
  const given = await withConfigOptions(yargs(['--port', '007', '--region', '1e3', '--no-strict'])).parse()
  t.deepEqual(flagsOf(given), { port: '007', region: '1e3', strict: false })
})
