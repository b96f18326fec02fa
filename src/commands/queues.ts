import type { ArgumentsCamelCase, Argv, CommandModule } from 'yargs'
import { parseQueuesShorthand } from '../config/queues-shorthand.ts'
import { PipitError } from '../core/errors.ts'
import { type ClientFlags, clientOf, show, withClientOptions } from './client-verb.ts'
import { messageLines, queueLines, type ShownMessage, type ShownQueue } from './queues-table.ts'

type QueueFlags = ClientFlags & { readonly region?: string | undefined; readonly account?: string | undefined }
type Given<T = object> = ArgumentsCamelCase<QueueFlags & T>

const PATH = '/_pipit/sqs/queues'

/** Longer than any wait may be: the answer comes before. */
const WAIT_TIMEOUT_MS = 11 * 60_000

function withPlace<T>(yargs: Argv<T>): Argv<T & QueueFlags> {
  return withClientOptions(yargs)
    .option('region', { type: 'string', requiresArg: true, describe: 'the region of the queue' })
    .option('account', { type: 'string', requiresArg: true, describe: 'the account of the queue' })
}

function ask(given: Given, method: 'GET' | 'POST' | 'DELETE', path: string, more: object = {}): Promise<unknown> {
  const { region, account } = given
  const { query = {}, ...rest } = more as { query?: Record<string, string | undefined> }
  return clientOf(given).ask(method, path, { ...rest, query: { region, account, ...query } })
}

const of = (name: string, what = ''): string => `${PATH}/${encodeURIComponent(name)}${what}`

const list: CommandModule<object, QueueFlags & { prefix: string | undefined }> = {
  command: 'list [prefix]',
  describe: 'queues with what is in them',
  builder: (yargs) =>
    withPlace(yargs)
      .positional('prefix', { type: 'string', describe: 'how their names begin' })
      .example('pipit queues list', 'all of the default session')
      .example('pipit queues list orders --region eu-west-1', 'some of one region')
      .example('pipit queues list --session blue --json', "another session's, for a program"),
  handler: async (given) => {
    const answer = (await ask(given, 'GET', PATH, { query: { prefix: given.prefix } })) as { queues: ShownQueue[] }
    show(given, answer, ({ queues }) => queueLines(queues))
  },
}

const create: CommandModule<object, QueueFlags & { queue: string }> = {
  command: 'create <queue>',
  describe: 'a new queue, with attributes as in PIPIT_QUEUES',
  builder: (yargs) =>
    withPlace(yargs)
      .positional('queue', { type: 'string', demandOption: true, describe: 'like orders?VisibilityTimeout=5' })
      .example('pipit queues create orders', 'a queue')
      .example("pipit queues create 'events.fifo?ContentBasedDeduplication=true'", 'a FIFO queue')
      .example("pipit queues create 'orders>orders-dlq:3'", 'with a dead-letter queue that is there'),
  handler: async (given) => {
    const parsed = parseQueuesShorthand(given.queue)
    if ('wrong' in parsed) throw new PipitError('usage', `${parsed.message}, got ${JSON.stringify(parsed.wrong)}`)
    for (const { name, attributes, dlq } of parsed) {
      const target = dlq && ((await ask(given, 'GET', of(dlq.name))) as ShownQueue)
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: target?.arn, maxReceiveCount: dlq?.maxReceiveCount })
      const body = { name, attributes: { ...attributes, ...(dlq && { RedrivePolicy }) } }
      const answer = (await ask(given, 'POST', PATH, { body })) as { QueueUrl: string }
      show(given, answer, ({ QueueUrl }) => QueueUrl)
    }
  },
}

const send: CommandModule<
  object,
  QueueFlags & {
    name: string
    body: string
    group: string | undefined
    dedup: string | undefined
    delay: number | undefined
  }
> = {
  command: 'send <name> <body>',
  describe: 'send a message',
  builder: (yargs) =>
    withPlace(yargs)
      .positional('name', { type: 'string', demandOption: true })
      .positional('body', { type: 'string', demandOption: true })
      .option('group', { type: 'string', requiresArg: true, describe: 'message group of a FIFO queue' })
      .option('dedup', { type: 'string', requiresArg: true, describe: 'deduplication id of a FIFO queue' })
      .option('delay', { type: 'number', requiresArg: true, describe: 'seconds before it shows' })
      .example("pipit queues send orders 'two coffees'", 'a message')
      .example('pipit queues send orders \'{"id": 7}\' --delay 5', 'one that shows later')
      .example('pipit queues send events.fifo hello --group g --dedup 1', 'to a FIFO queue'),
  handler: async (given) => {
    const { name, body, group, dedup, delay } = given
    const message = { body, groupId: group, deduplicationId: dedup, delaySeconds: delay }
    const answer = (await ask(given, 'POST', of(name, '/messages'), { body: message })) as Sent
    show(given, answer, ({ messages }) => messages.map(({ messageId }) => messageId).join('\n'))
  },
}

interface Sent {
  readonly messages: ReadonlyArray<{ readonly messageId: string }>
}

const peek: CommandModule<
  object,
  QueueFlags & { name: string; match: string | undefined; state: string | undefined; limit: string | undefined }
> = {
  command: 'peek <name>',
  describe: 'messages, without receiving them',
  builder: (yargs) =>
    withPlace(yargs)
      .positional('name', { type: 'string', demandOption: true })
      .option('match', { type: 'string', requiresArg: true, describe: 'text, /pattern/ or $.path=value' })
      .option('state', { type: 'string', requiresArg: true, describe: 'visible, inFlight or delayed' })
      .option('limit', { type: 'string', requiresArg: true, describe: 'how many at most; 100' })
      .example('pipit queues peek orders', 'what is in it')
      .example("pipit queues peek orders --match '$.id=7'", 'what is in it about order 7')
      .example('pipit queues peek orders-dlq --state visible --json', 'for a program'),
  handler: async (given) => {
    const { name, match, state, limit } = given
    const answer = (await ask(given, 'GET', of(name, '/messages'), { query: { match, state, limit } })) as Peeked
    show(given, answer, ({ messages }) => messageLines(messages))
  },
}

interface Peeked {
  readonly messages: readonly ShownMessage[]
}

const purge: CommandModule<object, QueueFlags & { name: string }> = {
  command: 'purge <name>',
  describe: 'take all messages out',
  builder: (yargs) =>
    withPlace(yargs)
      .positional('name', { type: 'string', demandOption: true })
      .example('pipit queues purge orders', 'a queue')
      .example('pipit queues purge orders --region eu-west-1', 'one of several')
      .example('pipit queues purge orders --session blue', "another session's"),
  handler: async (given) => {
    const answer = (await ask(given, 'DELETE', of(given.name, '/messages'))) as { removed: number }
    show(given, answer, ({ removed }) => `${removed} removed from ${given.name}`)
  },
}

const redrive: CommandModule<object, QueueFlags & { name: string }> = {
  command: 'redrive <name>',
  describe: "bring a dead-letter queue's messages back to where they came from",
  builder: (yargs) =>
    withPlace(yargs)
      .positional('name', { type: 'string', demandOption: true })
      .example('pipit queues redrive orders-dlq', 'all of them')
      .example('pipit queues redrive orders-dlq --region eu-west-1', 'of one of several')
      .example('pipit queues redrive orders-dlq --session blue', "of another session's"),
  handler: async (given) => {
    show(
      given,
      await ask(given, 'POST', of(given.name, '/redrive')),
      () => `messages of ${given.name} are on their way`,
    )
  },
}

const wait: CommandModule<
  object,
  QueueFlags & {
    name: string
    match: string | undefined
    count: string | undefined
    timeout: string | undefined
    none: string | undefined
  }
> = {
  command: 'wait <name>',
  describe: 'until messages have come, without receiving them; exit code 4 when they do not',
  builder: (yargs) =>
    withPlace(yargs)
      .positional('name', { type: 'string', demandOption: true })
      .option('match', { type: 'string', requiresArg: true, describe: 'text, /pattern/ or $.path=value' })
      .option('count', { type: 'string', requiresArg: true, describe: 'how many; 1' })
      .option('timeout', { type: 'string', requiresArg: true, describe: 'how long at most; 10s' })
      .option('none', { type: 'string', requiresArg: true, describe: 'make sure that none comes for so long' })
      .example("pipit queues wait orders --match '$.id=7'", 'for order 7')
      .example('pipit queues wait orders --count 3 --timeout 30s', 'for three messages')
      .example('pipit queues wait orders-dlq --none 2s', 'that nothing goes wrong'),
  handler: async (given) => {
    const { name, match, count, timeout, none } = given
    const query = { match, count, timeout, none }
    const answer = await ask(given, 'GET', of(name, '/wait'), { query, timeoutMs: WAIT_TIMEOUT_MS })
    show(given, answer as Peeked, ({ messages }) => messageLines(messages))
  },
}

const command: CommandModule = {
  command: 'queues',
  describe: 'look at queues and messages of the running pipit, send, wait, purge, redrive',
  builder: (yargs) =>
    yargs
      .command(list)
      .command(create)
      .command(send)
      .command(peek)
      .command(purge)
      .command(redrive)
      .command(wait)
      .demandCommand(1, 1, 'queues needs one of list, create, send, peek, purge, redrive, wait')
      .example('pipit queues list', 'what there is')
      .example('pipit queues peek orders', 'what is in it')
      .example('pipit queues wait orders', 'for what comes'),
  // One of the seven always takes over: yargs demands it.
  handler: () => {},
}

export default command
