import type { ArgumentsCamelCase, CommandModule } from 'yargs'
import { configJsonSchema } from '../config/json-schema.ts'
import { printConfig } from '../config/print.ts'
import { processEnvironment } from '../config/process-environment.ts'
import { type Config, loadConfig, type Loaded } from '../config.ts'
import { createWallClock } from '../core/clock.ts'
import { systemRandom } from '../core/random.ts'
import { checkFaults } from '../injectors/rules/create-faults.ts'
import { entriesSchema } from '../injectors/rules/entries.ts'
import { vocabularyOf } from '../injectors/rules/vocabulary.ts'
import { plugIn } from '../plugins/plug-in.ts'
import { serviceTable } from '../routes.ts'
import { flagsOf, withConfigOptions } from './config-options.ts'
import { configuredPlugins } from './configured-plugins.ts'

function load(given: ArgumentsCamelCase): Loaded {
  return loadConfig({ flags: flagsOf(given), env: processEnvironment(), cwd: process.cwd() })
}

const check: CommandModule = {
  command: 'check',
  describe: 'is the config right? says what is wrong, and where',
  builder: (yargs) =>
    withConfigOptions(yargs)
      .example('pipit config check', 'pipit.yaml and the environment')
      .example('pipit config check --config ci/pipit.yaml', 'another file')
      .example("pipit config check --queues 'orders>orders-dlq:3'", 'a flag'),
  handler: async (given) => {
    const { config, notes } = load(given)
    for (const note of notes) console.error(`note: ${note}`)
    const wrong = await troubleWith(config)
    for (const trouble of wrong) console.error(`pipit: ${trouble}`)
    if (wrong.length === 0) console.log('the config is right')
    else process.exitCode = 2
  },
}

/**
 * What is left out of plugins. Names and attributes of queues are the service's to judge, and it does when it is made;
 * faults name what services and plugins have: a PipitError where they do not.
 */
async function troubleWith(config: Config): Promise<readonly string[]> {
  const wrong: string[] = []
  const onNote = (note: string): void => void wrong.push(note)
  const wall = createWallClock()
  const builtIn = serviceTable(config)
  const plugins = await configuredPlugins(config, builtIn, wall, onNote)
  const services = [...builtIn, ...plugins.services]
  const sessions = { find: () => undefined }
  const { rules } = plugIn({ config, services, plugins, wall, random: systemRandom(), sessions, onNote })
  checkFaults(rules.given)
  return [...plugins.notes, ...wrong]
}

const print: CommandModule = {
  command: 'print',
  describe: 'the whole config as it applies, and where each value comes from',
  builder: (yargs) =>
    withConfigOptions(yargs)
      .example('pipit config print', 'what would apply here')
      .example('pipit config print > pipit.yaml', 'start a config file from flags and variables')
      .example('docker compose exec pipit pipit config print', 'what applies in a container'),
  handler: (given) => {
    process.stdout.write(printConfig(load(given)))
  },
}

const schema: CommandModule = {
  command: 'schema',
  describe: "pipit.yaml's JSON Schema, for editors",
  builder: (yargs) =>
    yargs
      .example('pipit config schema > pipit.schema.json', 'keep it in a file')
      .example(
        '# yaml-language-server: $schema=pipit.schema.json',
        'as the first line of pipit.yaml: editors then know it',
      )
      .example('pipit config schema | jq .properties.log', 'look something up'),
  handler: () => {
    console.log(JSON.stringify(configJsonSchema(faultsSchema()), undefined, 2))
  },
}

/** With the words of the services that pipit brings along. */
function faultsSchema(): ReturnType<typeof entriesSchema> {
  const { config } = loadConfig({ flags: {}, env: {}, cwd: '/' })
  return entriesSchema(vocabularyOf(serviceTable(config)))
}

const command: CommandModule = {
  command: 'config',
  describe: 'check or print the config, or its schema',
  builder: (yargs) =>
    yargs
      .command([check, print, schema])
      .demandCommand(1, 1, 'config needs one of check, print, schema')
      .example('pipit config check', 'is it right?')
      .example('pipit config print', 'what applies, and where it comes from')
      .example('pipit config schema', 'what may be written'),
  // One of the three always takes over: yargs demands it.
  handler: () => {},
}

export default command
