import { X509Certificate, createVerify } from 'node:crypto'
import test, { type ExecutionContext } from 'ava'
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  type PublishCommandInput,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UnsubscribeCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns'
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { type GatewayProcess, startGateway } from '../gateway-process.ts'

let gateway: GatewayProcess
let sns: SNSClient
let sqs: SQSClient
let region = 0

test.before(async () => {
  gateway = await startGateway({ env: { PIPIT_PLUGINS: 'examples/sns' } })
  ;({ sns, sqs } = clients())
})
test.after.always(async (t) => {
  t.is((await gateway.stop()).code, 0, gateway.output())
})

function clients(prefix = '', name = 'eu-west-1'): { sns: SNSClient; sqs: SQSClient } {
  const common = { region: name, credentials: { accessKeyId: 'any', secretAccessKey: 'any' }, maxAttempts: 1 }
  return {
    sns: new SNSClient({ ...common, endpoint: `${gateway.url}${prefix}/sns/` }),
    sqs: new SQSClient({ ...common, endpoint: `${gateway.url}${prefix}/sqs/` }),
  }
}

/** Clients in a region of their own: nothing is there yet. */
function fresh(): { sns: SNSClient; sqs: SQSClient; region: string } {
  const name = `fresh-${++region}`
  return { ...clients('', name), region: name }
}

let names = 0

async function topic(Attributes?: Record<string, string>, client = sns): Promise<string> {
  const Name = `topic-${++names}${Attributes?.['FifoTopic'] === 'true' ? '.fifo' : ''}`
  return (await client.send(new CreateTopicCommand({ Name, Attributes }))).TopicArn ?? ''
}

interface Queue {
  readonly url: string
  readonly arn: string
  receive(): Promise<Message[]>
}

async function queue(suffix = '', client = sqs, of = 'eu-west-1'): Promise<Queue> {
  const QueueName = `queue-${++names}${suffix}`
  const Attributes = suffix === '.fifo' ? { FifoQueue: 'true' } : undefined
  const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName, Attributes }))
  const ask = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] }
  return {
    url: QueueUrl,
    arn: `arn:aws:sqs:${of}:000000000000:${QueueName}`,
    receive: async () =>
      (await client.send(new ReceiveMessageCommand({ ...ask, MessageSystemAttributeNames: ['All'] }))).Messages ?? [],
  }
}

async function subscribe(
  TopicArn: string,
  { arn }: Queue,
  Attributes?: Record<string, string>,
  client = sns,
): Promise<string> {
  const command = new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: arn, Attributes })
  return (await client.send(command)).SubscriptionArn ?? ''
}

const publish = (input: PublishCommandInput) => sns.send(new PublishCommand(input))

async function refused(
  t: ExecutionContext,
  promise: Promise<unknown>,
  name: string,
  message: string | RegExp,
): Promise<void> {
  const error = await t.throwsAsync(promise)
  t.is(error?.name, name)
  if (message instanceof RegExp) t.regex(error?.message ?? '', message)
  else t.is(error?.message, message)
}

test('a topic tells two queues: one raw, with the attributes, one in an envelope, and only what its filter lets pass', async (t) => {
  const TopicArn = await topic()
  const [raw, filtered] = [await queue(), await queue()]
  await subscribe(TopicArn, raw, { RawMessageDelivery: 'true' })
  await subscribe(TopicArn, filtered, { FilterPolicy: JSON.stringify({ kind: ['big'] }) })
  const kind = (StringValue: string) => ({ kind: { DataType: 'String', StringValue } })
  await publish({ TopicArn, Message: 'a small one', MessageAttributes: kind('small') })
  const bytes = { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) }
  const attributes = { ...kind('big'), bytes }
  const { MessageId } = await publish({
    TopicArn,
    Message: 'a "big" one\r\nü',
    Subject: 'Orders',
    MessageAttributes: attributes,
  })
  const got = await raw.receive()
  t.deepEqual(
    got.map(({ Body }) => Body),
    ['a small one', 'a "big" one\r\nü'],
  )
  t.like(got[1]?.MessageAttributes, { kind: { DataType: 'String', StringValue: 'big' } })
  t.deepEqual([...(got[1]?.MessageAttributes?.['bytes']?.BinaryValue ?? [])], [0, 255])
  const [only, ...more] = await filtered.receive()
  t.deepEqual(more, [])
  t.is(only?.MessageAttributes, undefined)
  const notification = JSON.parse(only?.Body ?? '') as Record<string, string>
  t.like(notification, {
    Type: 'Notification',
    MessageId,
    TopicArn,
    Subject: 'Orders',
    Message: 'a "big" one\r\nü',
    SignatureVersion: '1',
    MessageAttributes: { kind: { Type: 'String', Value: 'big' }, bytes: { Type: 'Binary', Value: 'AP8=' } },
  })
  t.regex(notification['Timestamp'] ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
  t.deepEqual(Object.keys(notification), [
    'Type',
    'MessageId',
    'TopicArn',
    'Subject',
    'Message',
    'Timestamp',
    'SignatureVersion',
    'Signature',
    'SigningCertURL',
    'UnsubscribeURL',
    'MessageAttributes',
  ])
})

test('an envelope is written with the spaces of AWS, its signature is right, and its addresses lead here', async (t) => {
  const TopicArn = await topic()
  const target = await queue()
  const arn = await subscribe(TopicArn, target)
  for (const version of ['1', '2']) {
    await sns.send(
      new SetTopicAttributesCommand({ TopicArn, AttributeName: 'SignatureVersion', AttributeValue: version }),
    )
    await publish({ TopicArn, Message: 'hello' })
    const [{ Body = '' } = {}] = await target.receive()
    t.regex(Body, /^\{\n {2}"Type" : "Notification",\n {2}"MessageId" : "[0-9a-f-]{36}",\n/)
    const told = JSON.parse(Body) as Record<string, string>
    const pem = await (await fetch(told['SigningCertURL'] ?? '')).text()
    const signed = ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type']
      .map((name) => `${name}\n${told[name]}\n`)
      .join('')
    const verify = createVerify(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256').update(signed)
    t.true(verify.verify(new X509Certificate(pem).publicKey, told['Signature'] ?? '', 'base64'))
    t.true(new X509Certificate(pem).verify(new X509Certificate(pem).publicKey))
    if (version === '1') continue
    t.is(told['UnsubscribeURL'], `${gateway.url}/sns/?Action=Unsubscribe&SubscriptionArn=${arn}`)
    t.is((await fetch(told['UnsubscribeURL'] ?? '')).status, 200)
    t.deepEqual((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions, [])
  }
  t.is((await fetch(`${gateway.url}/_pipit/sns/other.pem`)).status, 404)
})

test('other protocols may be told something else, and a queue what is meant for it', async (t) => {
  const TopicArn = await topic()
  const target = await queue()
  await subscribe(TopicArn, target, { RawMessageDelivery: 'true' })
  const structured = (message: object) =>
    publish({ TopicArn, MessageStructure: 'json', Message: JSON.stringify(message) })
  await structured({ default: 'for all', sqs: 'for queues' })
  await structured({ default: 'for all', email: 'for mail' })
  t.deepEqual(
    (await target.receive()).map(({ Body }) => Body),
    ['for queues', 'for all'],
  )
  const at = 'Invalid parameter: Message Structure - '
  await refused(t, structured({ sqs: 'x' }), 'InvalidParameterException', `${at}No default entry in JSON message body`)
  const broken = publish({ TopicArn, MessageStructure: 'json', Message: '{' })
  await refused(t, broken, 'InvalidParameterException', `${at}JSON message body failed to parse`)
})

test('a batch is published whole, or refused whole', async (t) => {
  const TopicArn = await topic()
  const target = await queue()
  await subscribe(TopicArn, target, { RawMessageDelivery: 'true' })
  const batch = (PublishBatchRequestEntries: { Id: string; Message: string }[]) =>
    sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }))
  const entries = Array.from({ length: 10 }, (_, n) => ({ Id: `id-${n}`, Message: `message ${n}` }))
  const { Successful, Failed } = await batch(entries)
  t.deepEqual(
    Successful?.map(({ Id }) => Id),
    entries.map(({ Id }) => Id),
  )
  t.is(Failed, undefined)
  t.is((await target.receive()).length, 10)
  await refused(
    t,
    batch([...entries, { Id: 'x', Message: 'x' }]),
    'TooManyEntriesInBatchRequestException',
    /more entries than/,
  )
  await refused(
    t,
    batch([
      { Id: 'a', Message: 'x' },
      { Id: 'a', Message: 'y' },
    ]),
    'BatchEntryIdsNotDistinctException',
    /same Id/,
  )
  await refused(
    t,
    batch([{ Id: 'a b', Message: 'x' }]),
    'InvalidBatchEntryIdException',
    /impermissible character: a b$/,
  )
  await refused(t, batch([{ Id: 'a', Message: '' }]), 'InvalidParameterException', 'Invalid parameter: Empty message')
  const long = 'x'.repeat(200_000)
  await refused(
    t,
    batch([
      { Id: 'a', Message: long },
      { Id: 'b', Message: long },
    ]),
    'BatchRequestTooLongException',
    /length of all/,
  )
  t.deepEqual(await target.receive(), [])
})

test('a FIFO topic tells a FIFO queue in order, and nothing twice', async (t) => {
  const TopicArn = await topic({ FifoTopic: 'true', ContentBasedDeduplication: 'true' })
  const target = await queue('.fifo')
  await subscribe(TopicArn, target)
  const say = (Message: string, more = {}) => publish({ TopicArn, Message, MessageGroupId: 'g', ...more })
  const first = await say('one')
  t.is((await say('one')).MessageId, first.MessageId)
  await say('two', { MessageDeduplicationId: 'mine' })
  const got = (await target.receive()).map(({ Body = '{}', Attributes }) => ({ ...JSON.parse(Body), ...Attributes }))
  t.deepEqual(
    got.map(({ Message, MessageGroupId }) => [Message, MessageGroupId]),
    [
      ['one', 'g'],
      ['two', 'g'],
    ],
  )
  t.is(got[1]?.MessageDeduplicationId, 'mine')
  t.regex(first.SequenceNumber ?? '', /^\d{20}$/)
  t.false('Signature' in (got[0] ?? {}))
  const noGroup = publish({ TopicArn, Message: 'x' })
  await refused(t, noGroup, 'InvalidParameterException', /MessageGroupId parameter is required for FIFO topics/)
  const strict = await topic({ FifoTopic: 'true' })
  const noId = publish({ TopicArn: strict, Message: 'x', MessageGroupId: 'g' })
  await refused(t, noId, 'InvalidParameterException', /ContentBasedDeduplication enabled or MessageDeduplicationId/)
})

test('topics are made once, listed by region, tagged and deleted', async (t) => {
  const { sns: own, region: of } = fresh()
  const arns: string[] = []
  for (let n = 0; n < 101; n++) {
    const { TopicArn = '' } = await own.send(
      new CreateTopicCommand({ Name: `t-${n}`, Tags: [{ Key: 'n', Value: String(n) }] }),
    )
    arns.push(TopicArn)
  }
  t.is(arns[0], `arn:aws:sns:${of}:000000000000:t-0`)
  const first = await own.send(new ListTopicsCommand({}))
  t.is(first.Topics?.length, 100)
  const second = await own.send(new ListTopicsCommand({ NextToken: first.NextToken }))
  t.deepEqual(second.Topics, [{ TopicArn: arns[100] }])
  t.is(second.NextToken, undefined)
  const again = new CreateTopicCommand({ Name: 't-0', Tags: [{ Key: 'n', Value: '0' }] })
  t.is((await own.send(again)).TopicArn, arns[0])
  const otherTags = own.send(new CreateTopicCommand({ Name: 't-0', Tags: [{ Key: 'n', Value: '1' }] }))
  await refused(t, otherTags, 'InvalidParameterException', /Tags Reason: Topic already exists with different tags/)
  const otherAttributes = own.send(new CreateTopicCommand({ Name: 't-0', Attributes: { DisplayName: 'x' } }))
  await refused(t, otherAttributes, 'InvalidParameterException', /Topic already exists with different attributes/)
  await own.send(new TagResourceCommand({ ResourceArn: arns[0], Tags: [{ Key: 'a', Value: 'b' }] }))
  await own.send(new UntagResourceCommand({ ResourceArn: arns[0], TagKeys: ['n'] }))
  const { Tags } = await own.send(new ListTagsForResourceCommand({ ResourceArn: arns[0] }))
  t.deepEqual(Tags, [{ Key: 'a', Value: 'b' }])
  await own.send(new DeleteTopicCommand({ TopicArn: arns[0] }))
  await own.send(new DeleteTopicCommand({ TopicArn: arns[0] }))
  await refused(
    t,
    own.send(new GetTopicAttributesCommand({ TopicArn: arns[0] })),
    'NotFoundException',
    'Topic does not exist',
  )
})

test('a topic and a subscription have attributes', async (t) => {
  const TopicArn = await topic({ DisplayName: 'Orders' })
  const target = await queue()
  const SubscriptionArn = await subscribe(TopicArn, target)
  await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'DisplayName', AttributeValue: 'Bills' }))
  const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }))
  t.like(Attributes, {
    TopicArn,
    Owner: '000000000000',
    DisplayName: 'Bills',
    SubscriptionsConfirmed: '1',
    SubscriptionsPending: '0',
  })
  const set = (AttributeName: string, AttributeValue: string) =>
    sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }))
  await set('RawMessageDelivery', 'TRUE')
  await set('FilterPolicyScope', 'MessageBody')
  await set('FilterPolicy', '{"order":{"kind":["big"]}}')
  const told = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))
  t.like(told.Attributes, {
    SubscriptionArn,
    TopicArn,
    Protocol: 'sqs',
    Endpoint: target.arn,
    RawMessageDelivery: 'true',
    FilterPolicy: '{"order":{"kind":["big"]}}',
    FilterPolicyScope: 'MessageBody',
    PendingConfirmation: 'false',
  })
  await publish({ TopicArn, Message: '{"order":{"kind":"small"}}' })
  await publish({ TopicArn, Message: '{"order":{"kind":"big"}}' })
  t.deepEqual(
    (await target.receive()).map(({ Body }) => Body),
    ['{"order":{"kind":"big"}}'],
  )
  await refused(
    t,
    set('FilterPolicy', '{"a":[]}'),
    'InvalidParameterException',
    'Invalid parameter: FilterPolicy: Empty arrays are not allowed',
  )
  await refused(
    t,
    set('RawMessageDelivery', 'maybe'),
    'InvalidParameterException',
    /RawMessageDelivery: Invalid value \[maybe\]/,
  )
  await refused(t, set('Colour', 'red'), 'InvalidParameterException', 'Invalid parameter: AttributeName')
})

test('one endpoint has one subscription of a topic, which is listed and ended', async (t) => {
  const { sns: own, sqs: ownSqs, region: of } = fresh()
  const TopicArn = await topic(undefined, own)
  const target = await queue('', ownSqs, of)
  const arn = await subscribe(TopicArn, target, { RawMessageDelivery: 'true' }, own)
  t.is(await subscribe(TopicArn, target, { RawMessageDelivery: 'true' }, own), arn)
  const other = subscribe(TopicArn, target, { RawMessageDelivery: 'false' }, own)
  await refused(t, other, 'InvalidParameterException', /Subscription already exists with different attributes/)
  const told = [{ SubscriptionArn: arn, Owner: '000000000000', Protocol: 'sqs', Endpoint: target.arn, TopicArn }]
  t.deepEqual((await own.send(new ListSubscriptionsCommand({}))).Subscriptions, told)
  t.deepEqual((await own.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions, told)
  await own.send(new UnsubscribeCommand({ SubscriptionArn: arn }))
  await own.send(new UnsubscribeCommand({ SubscriptionArn: arn }))
  t.deepEqual((await own.send(new ListSubscriptionsCommand({}))).Subscriptions, [])
  await own.send(new PublishCommand({ TopicArn, Message: 'to nobody' }))
  t.deepEqual(await target.receive(), [])
})

test('what cannot be delivered is lost, or goes to the dead-letter queue of the subscription', async (t) => {
  const TopicArn = await topic()
  const dead = await queue()
  const nowhere = { ...dead, arn: 'arn:aws:sqs:eu-west-1:000000000000:nowhere' }
  const nobody = { ...dead, arn: 'arn:aws:sqs:eu-west-1:000000000000:nobody' }
  await subscribe(TopicArn, nobody)
  await subscribe(TopicArn, nowhere, {
    RawMessageDelivery: 'true',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }),
  })
  await publish({ TopicArn, Message: 'hello' })
  const [message, ...more] = await dead.receive()
  t.deepEqual(more, [])
  t.is(message?.Body, 'hello')
  t.is(message?.MessageAttributes?.['ErrorCode']?.StringValue, 'AWS.SimpleQueueService.NonExistentQueue')
})

for (const [title, input, name, message] of [
  ['nothing', { Message: '' }, 'InvalidParameterException', 'Invalid parameter: Empty message'],
  ['too much', { Message: 'x'.repeat(262_145) }, 'InvalidParameterException', 'Invalid parameter: Message too long'],
  ['an empty subject', { Message: 'x', Subject: '' }, 'InvalidParameterException', 'Invalid parameter: Subject'],
  [
    'a subject of two lines',
    { Message: 'x', Subject: 'a\nb' },
    'InvalidParameterException',
    'Invalid parameter: Subject',
  ],
  [
    'an attribute of an odd type',
    { Message: 'x', MessageAttributes: { a: { DataType: 'Odd', StringValue: 'x' } } },
    'InvalidParameterValueException',
    "The message attribute 'a' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.",
  ],
  [
    'an attribute without a value',
    { Message: 'x', MessageAttributes: { a: { DataType: 'String', StringValue: '' } } },
    'InvalidParameterValueException',
    "The message attribute 'a' must contain non-empty message attribute value for message attribute type 'String'.",
  ],
  [
    'an attribute with an odd name',
    { Message: 'x', MessageAttributes: { 'a b': { DataType: 'String', StringValue: 'x' } } },
    'InvalidParameterValueException',
    "Invalid non-alphanumeric character '#x20' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
  ],
  [
    'a deduplication id to a standard topic',
    { Message: 'x', MessageDeduplicationId: 'x' },
    'InvalidParameterException',
    'Invalid parameter: MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
  ],
] as const)
  test(`publishing ${title} is refused as AWS refuses it`, async (t) => {
    await refused(t, publish({ TopicArn: await topic(), ...input }), name, message)
  })

test('addresses that cannot be are refused', async (t) => {
  const TopicArn = await topic()
  const subscribing = (Protocol: string, Endpoint?: string) =>
    sns.send(new SubscribeCommand({ TopicArn, Protocol, Endpoint }))
  const name = 'InvalidParameterException'
  await refused(t, publish({ Message: 'x' }), name, /TopicArn or TargetArn Reason: no value for required parameter/)
  await refused(
    t,
    publish({ TopicArn: 'x', Message: 'x' }),
    name,
    'Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1',
  )
  await refused(t, publish({ TopicArn: `${TopicArn}x`, Message: 'x' }), 'NotFoundException', 'Topic does not exist')
  await refused(
    t,
    publish({ PhoneNumber: '+491234567', Message: 'x' }),
    name,
    /PhoneNumber Reason: \+491234567 is not valid/,
  )
  await refused(
    t,
    subscribing('pigeon', 'x'),
    name,
    'Invalid parameter: Amazon SNS does not support this protocol string: pigeon',
  )
  await refused(t, subscribing('email', 'a@b.example'), name, /this SNS delivers to sqs, not to email/)
  await refused(t, subscribing('sqs', 'http://x'), name, 'Invalid parameter: SQS endpoint ARN')
  const fifo = await queue('.fifo')
  await refused(t, subscribe(TopicArn, fifo), name, /FIFO SQS Queues can not be subscribed to standard SNS topics/)
  await refused(t, sns.send(new CreateTopicCommand({ Name: 'a b' })), name, 'Invalid parameter: Topic Name')
  await refused(
    t,
    sns.send(new CreateTopicCommand({ Name: 'a', Attributes: { FifoTopic: 'true' } })),
    name,
    /must end with \.fifo/,
  )
})

test('two sessions have their own topics and queues', async (t) => {
  for (const [name, other] of [
    ['blue', 'green'],
    ['green', 'blue'],
  ] as const) {
    const own = clients(`/s/sns-${name}`)
    const { TopicArn = '' } = await own.sns.send(new CreateTopicCommand({ Name: 'same-name' }))
    const { QueueUrl = '' } = await own.sqs.send(new CreateQueueCommand({ QueueName: 'same-name' }))
    const Endpoint = 'arn:aws:sqs:eu-west-1:000000000000:same-name'
    await own.sns.send(
      new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'true' } }),
    )
    await own.sns.send(new PublishCommand({ TopicArn, Message: `only for ${name}` }))
    const { Messages } = await own.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
    t.deepEqual(
      Messages?.map(({ Body }) => Body),
      [`only for ${name}`],
      other,
    )
  }
})

test('a lost acknowledgement of Publish makes the SDK publish again, and the queue has it twice', async (t) => {
  const { sqs: ownSqs } = clients('/s/sns-fault')
  const own = new SNSClient({
    endpoint: `${gateway.url}/s/sns-fault/sns/`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  })
  const faults = [
    { id: 'lost', on: { service: 'sns', operation: 'Publish' }, when: { first: 1 }, do: { reset: 'after-commit' } },
    {
      id: 'throttled',
      on: { service: 'sns', operation: 'CreateTopic' },
      when: { first: 1 },
      do: { error: 'Throttled' },
    },
  ]
  const put = await fetch(`${gateway.url}/s/sns-fault/_pipit/faults`, { method: 'POST', body: JSON.stringify(faults) })
  t.is(put.status, 201)
  const { TopicArn, $metadata } = await own.send(new CreateTopicCommand({ Name: 'orders' }))
  t.is($metadata.attempts, 2)
  const { QueueUrl } = await ownSqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
  const Endpoint = 'arn:aws:sqs:eu-west-1:000000000000:orders'
  await own.send(
    new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: { RawMessageDelivery: 'true' } }),
  )
  t.is((await own.send(new PublishCommand({ TopicArn, Message: 'hello' }))).$metadata.attempts, 2)
  const { Messages } = await ownSqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
  t.deepEqual(
    Messages?.map(({ Body }) => Body),
    ['hello', 'hello'],
  )
})
