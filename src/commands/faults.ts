import type { ArgumentsCamelCase, Argv, CommandModule } from 'yargs'
import { stringify } from 'yaml'
import { PRESETS } from '../injectors/rules/presets.ts'
import { isTarget, SHORTHAND } from '../injectors/rules/shorthand.ts'
import { type ClientFlags, clientOf, show, withClientOptions } from './client-verb.ts'
import { parseBounds } from './fault-bounds.ts'
import { faultLines, presetLines, type ShownFault } from './faults-table.ts'

type Given<T = object> = ArgumentsCamelCase<ClientFlags & T>

const PATH = '/_pipit/faults'

interface Report {
  readonly seed: number
  readonly faults: readonly ShownFault[]
}

const list: CommandModule<object, ClientFlags> = {
  command: 'list',
  describe: 'the faults, how often each has fired, and why not more often',
  builder: (yargs) =>
    withClientOptions(yargs)
      .example('pipit faults list', 'those of all sessions, with the sums of their counters')
      .example('pipit faults list --session blue', 'as they are in one session')
      .example('pipit faults list --json', 'whole rules, for a program'),
  handler: async (given) => {
    const answer = (await clientOf(given).ask('GET', PATH)) as Report
    show(given, answer, ({ faults, seed }) => faultLines(faults, seed))
  },
}

const add: CommandModule<object, ClientFlags & { fault: string[] }> = {
  command: 'add <fault..>',
  describe: `one more, or several: "${SHORTHAND}", JSON, or a preset`,
  builder: (yargs) =>
    withClientOptions(yargs)
      .positional('fault', { type: 'string', array: true, demandOption: true })
      .example("pipit faults add 'sqs.* latency 200ms'", 'slow answers')
      .example("pipit faults add '*@orders 30% reset after-commit'", 'answers lost now and then')
      .example('pipit faults add slow-network --session blue', 'a preset, for one session'),
  handler: async (given) => {
    const answer = (await clientOf(given).ask('POST', PATH, { body: entriesOf(given.fault) })) as Report
    show(given, answer, ({ faults }) => faults.map(({ id }) => id).join('\n'))
  },
}

/** Words of one fault that nobody has quoted belong together. */
function entriesOf(words: readonly string[]): readonly string[] {
  const [first = '', ...rest] = words.map(String)
  return isTarget(first) && rest.length > 0 && !rest.some(isTarget) ? [[first, ...rest].join(' ')] : [first, ...rest]
}

function switching(word: 'on' | 'off', describe: string): CommandModule<object, ClientFlags & { id: string[] }> {
  return {
    command: `${word} <id..>`,
    describe,
    builder: (yargs) =>
      withClientOptions(yargs)
        .positional('id', { type: 'string', array: true, demandOption: true })
        .example(`pipit faults ${word} lost-ack`, 'one')
        .example(`pipit faults ${word} lost-ack throttle`, 'several')
        .example(`pipit faults ${word} own --session blue`, "a session's own"),
    handler: async (given) => {
      for (const id of given.id) {
        const path = `${PATH}/${encodeURIComponent(id)}`
        const answer = await clientOf(given).ask('PATCH', path, { body: { enabled: word === 'on' } })
        show(given, answer, () => `${id} is ${word}`)
      }
    },
  }
}

const verify: CommandModule<object, ClientFlags & { expected: string[] | undefined }> = {
  command: 'verify [expected..]',
  describe: 'have faults fired as often as they should? exit code 4 when not, and why',
  builder: (yargs) =>
    withClientOptions(yargs)
      .positional('expected', { type: 'string', array: true, describe: 'id, id=2, id=1..3, id=..3' })
      .example('pipit faults verify lost-ack', 'at least once')
      .example('pipit faults verify lost-ack=1 throttle=2..5', 'exactly once, and two to five times')
      .example('pipit faults verify', 'with --unused error: every fault at least once'),
  handler: async (given: Given<{ expected: string[] | undefined }>) => {
    const body = parseBounds(given.expected ?? [])
    const answer = (await clientOf(given).ask('POST', `${PATH}/verify`, { body })) as { unused: readonly string[] }
    show(given, answer, ({ unused }) => ['as expected', ...unused].join('\n'))
  },
}

const exportCommand: CommandModule<object, ClientFlags> = {
  command: 'export',
  describe: "a session's run as faults without chance, for a pipit.yaml",
  builder: (yargs) =>
    withClientOptions(yargs)
      .example('pipit faults export > failing-run.yaml', 'keep a failing run')
      .example('pipit --config failing-run.yaml', 'and see it again')
      .example('pipit faults export --session blue --json', 'as JSON'),
  handler: async (given) => {
    const answer = await clientOf(given).ask('GET', `${PATH}/export`)
    show(given, answer, (script) => stringify(script, { lineWidth: 0 }).trimEnd())
  },
}

const presets: CommandModule<object, Pick<ClientFlags, 'json'>> = {
  command: 'presets',
  describe: 'faults by name, and what they do',
  builder: (yargs) =>
    yargs
      .option('json', { type: 'boolean', describe: 'print the rules that they stand for' })
      .example('pipit faults presets', 'the names')
      .example('pipit faults presets --json', 'the rules, to start from')
      .example('PIPIT_FAULTS=sqs-throttled,slow-network pipit', 'two of them from the start'),
  handler: (given) => show(given, PRESETS, presetLines),
}

const command: CommandModule = {
  command: 'faults',
  describe: 'break things on purpose in the running pipit, and see whether it happened',
  builder: (yargs: Argv) =>
    yargs
      .command(list)
      .command(add)
      .command(switching('off', 'switch faults off; what they have counted stays'))
      .command(switching('on', 'switch faults on again'))
      .command(verify)
      .command(exportCommand)
      .command(presets)
      .demandCommand(1, 1, 'faults needs one of list, add, off, on, verify, export, presets')
      .example('pipit faults add sqs-throttled', 'a preset')
      .example('pipit faults list', 'what there is, and what it did')
      .example('pipit faults presets', 'what there is by name'),
  // One of the seven always takes over: yargs demands it.
  handler: () => {},
}

export default command
