import test from 'ava'
import { PipitError } from '../../src/core/errors.ts'
import { readArguments } from '../../src/awslocal/arguments.ts'
import { sqsShapes } from '../../src/sqs/shapes.ts'

const read = (line: string | readonly string[]) =>
  readArguments(typeof line === 'string' ? line.split(' ') : line, {
    service: 'sqs',
    shapes: sqsShapes,
    readFile: () => Buffer.from(''),
  })

test('an operation and its members are read by the names of the AWS CLI', (t) => {
  t.deepEqual(read('sqs create-queue --queue-name orders --attributes DelaySeconds=5,VisibilityTimeout=9'), {
    operation: 'CreateQueue',
    input: { QueueName: 'orders', Attributes: { DelaySeconds: '5', VisibilityTimeout: '9' } },
    endpointUrl: undefined,
    region: undefined,
    query: undefined,
    output: 'json',
  })
})

test("the AWS CLI's own options stand anywhere, in both spellings", (t) => {
  const asked = read(
    '--endpoint-url=http://x:1 --no-cli-pager sqs --region r list-queues --output text --query QueueUrls[]',
  )
  t.like(asked, {
    operation: 'ListQueues',
    input: {},
    endpointUrl: 'http://x:1',
    region: 'r',
    output: 'text',
    query: 'QueueUrls[]',
  })
})

test('an option takes the words up to the next one', (t) => {
  t.deepEqual(read('sqs get-queue-attributes --attribute-names All Policy --queue-url u').input, {
    AttributeNames: ['All', 'Policy'],
    QueueUrl: 'u',
  })
})

test('the whole input may come as JSON, and an option wins over it', (t) => {
  const whole = [
    'sqs',
    'send-message',
    '--cli-input-json',
    '{"QueueUrl":"u","MessageBody":"a"}',
    '--message-body',
    'b c',
  ]
  t.deepEqual(read(whole).input, { QueueUrl: 'u', MessageBody: 'b c' })
})

const wrong: readonly [string, RegExp][] = [
  ['--region r', /expected a service: awslocal sqs OPERATION/],
  ['s3 ls', /only sqs is served here, not "s3"/],
  ['sqs', /expected an operation: add-permission, /],
  ['sqs make-queue', /unknown operation "make-queue"/],
  ['sqs list-queues extra', /unknown word "extra"/],
  ['sqs create-queue', /create-queue needs --queue-name/],
  ['sqs create-queue --queue-name a --size 5', /unknown option --size of create-queue/],
  ['sqs create-queue --queue-name a --queue-name b', /--queue-name is there twice/],
  ['sqs list-queues --output table', /--output table is not written here: json and text are/],
  ['sqs list-queues --region', /--region needs a value/],
  ['sqs list-queues --max-results many', /--max-results: expected a whole number/],
]
for (const [line, message] of wrong)
  test(`awslocal ${line} is refused in a sentence`, (t) => {
    t.throws(() => read(line), { instanceOf: PipitError, message })
  })
