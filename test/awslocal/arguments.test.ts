import test from 'ava'
import { type Asked, readArguments } from '../../src/awslocal/arguments.ts'
import { PipitError } from '../../src/core/errors.ts'
import { sqsShapes } from '../../src/sqs/shapes.ts'

const ask = (...args: string[]): Asked =>
  readArguments(args, { service: 'sqs', shapes: sqsShapes, readFile: () => Buffer.from('a file') })

test('an operation, its options, and nothing else said', (t) => {
  t.deepEqual(ask('sqs', 'create-queue', '--queue-name', 'orders', '--attributes', 'VisibilityTimeout=30'), {
    operation: 'CreateQueue',
    input: { QueueName: 'orders', Attributes: { VisibilityTimeout: '30' } },
    endpointUrl: undefined,
    region: undefined,
    query: undefined,
    output: 'json',
  })
})

test("the AWS CLI's own options stand anywhere, and those without a meaning here do nothing", (t) => {
  const asked = ask(
    '--endpoint-url=http://x:1',
    '--debug',
    '--profile',
    'p',
    'sqs',
    '--no-cli-pager',
    'list-queues',
    '--region',
    'eu-west-1',
    '--query',
    'QueueUrls[0]',
    '--output=text',
    '--cli-read-timeout',
    '0',
  )
  t.deepEqual(asked, {
    operation: 'ListQueues',
    input: {},
    endpointUrl: 'http://x:1',
    region: 'eu-west-1',
    query: 'QueueUrls[0]',
    output: 'text',
  })
})

test('an option takes the words up to the next one', (t) => {
  t.deepEqual(ask('sqs', 'receive-message', '--attribute-names', 'A', 'B', '--queue-url', 'q').input, {
    QueueUrl: 'q',
    AttributeNames: ['A', 'B'],
  })
})

test('a body may look like anything: with dashes, empty, with an equals sign', (t) => {
  const body = (...words: string[]): unknown =>
    ask('sqs', 'send-message', '--queue-url', 'q', ...words).input['MessageBody']
  t.is(body('--message-body', '-- two words'), '-- two words')
  t.is(body('--message-body', ''), '')
  t.is(body('--message-body=--debug'), '--debug')
  t.is(body('--message-body=a\nb'), 'a\nb')
  t.is(body('--message-body', 'help'), 'help')
})

test('--cli-input-json is all of it, and options win over it', (t) => {
  const json = '{"QueueUrl":"q","MessageBody":"from JSON"}'
  t.deepEqual(ask('sqs', 'send-message', '--cli-input-json', json, '--message-body', 'b').input, {
    QueueUrl: 'q',
    MessageBody: 'b',
  })
})

const refused: readonly [args: readonly string[], message: RegExp][] = [
  [[], /^expected a service: awslocal sqs OPERATION$/],
  [['s3', 'ls'], /^only sqs is served here, not "s3"$/],
  [['sqs'], /^expected an operation: .*create-queue/],
  [['sqs', 'make-queue'], /^unknown operation "make-queue": .*create-queue/],
  [['sqs', 'list-queues', 'extra'], /^unknown word "extra"$/],
  [['sqs', 'list-queues', '--colour', 'on'], /^unknown option --colour of list-queues$/],
  [['sqs', 'list-queues', '--output', 'table'], /^--output table is not written here: json and text are$/],
  [['sqs', 'list-queues', '--region'], /^--region needs a value$/],
  [['sqs', 'list-queues', '--region', 'a', '--region', 'b'], /^--region is there twice$/],
  [['sqs', 'send-message'], /^send-message needs --queue-url, --message-body$/],
  [
    ['sqs', 'send-message', '--queue-url', 'q', '--message-body', 'two', 'words'],
    /^--message-body: unknown word "words"/,
  ],
]

for (const [args, message] of refused)
  test(`${JSON.stringify(args)} is refused: ${message.source}`, (t) => {
    t.throws(() => ask(...args), { instanceOf: PipitError, code: 'usage', message })
  })
