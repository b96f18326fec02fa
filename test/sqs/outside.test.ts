import test from 'ava'
import { VirtualClock } from '../../src/core/clock.ts'
import type { Call, Result } from '../../src/core/exchange.ts'
import { seededRandom } from '../../src/core/random.ts'
import { sqs } from '../../src/sqs/service.ts'
import { exchangeOf, type Input } from './sqs-client.ts'

function mock() {
  const service = sqs()
  const clock = new VirtualClock()
  const made = service.mock({ clock, wall: clock, random: seededRandom(1) })
  const exchange = exchangeOf({}, 0)
  const call = (operation: string, input: Input): Call => ({
    protocol: service.protocols[0] as never,
    operation,
    input,
    path: '/',
  })
  const ask = (operation: string, input: Input): Record<string, any> => {
    const result = made.call(call(operation, input), exchange) as Result
    if (result.kind === 'error') throw new Error(result.error.code)
    return result.output
  }
  return { made, exchange, call, ask }
}

const QueueUrl = '/000000000000/q'

test('a message that comes from outside is received as it was recorded, with a name of its own', (t) => {
  const { made, exchange, ask } = mock()
  ask('CreateQueue', { QueueName: 'q', Attributes: { DelaySeconds: '60' } })
  const message = {
    MessageId: 'recorded',
    Body: 'hello',
    Attributes: { SenderId: 'AROAX', AWSTraceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793' },
    MessageAttributes: { k: { DataType: 'Binary', BinaryValue: Buffer.from('x') } },
  }
  const id = made.arrive?.({ QueueUrl }, message, exchange)
  const { Messages } = ask('ReceiveMessage', { QueueUrl, AttributeNames: ['All'], MessageAttributeNames: ['All'] })
  t.is(Messages[0].MessageId, id)
  t.not(id, 'recorded')
  t.like(Messages[0], { Body: 'hello', MessageAttributes: message.MessageAttributes })
  t.like(Messages[0].Attributes, message.Attributes)
})

test('one of a FIFO queue has its group, or one that nobody uses', (t) => {
  const { made, exchange, ask } = mock()
  ask('CreateQueue', { QueueName: 'q.fifo', Attributes: { FifoQueue: 'true' } })
  const fifo = { QueueUrl: `${QueueUrl}.fifo` }
  made.arrive?.(
    fifo,
    { MessageId: '1', Body: 'a', Attributes: { MessageGroupId: 'g', MessageDeduplicationId: 'd' } },
    exchange,
  )
  made.arrive?.(fifo, { MessageId: '2', Body: 'b' }, exchange)
  const { Messages } = ask('ReceiveMessage', { ...fifo, MaxNumberOfMessages: 10, AttributeNames: ['All'] })
  t.deepEqual(
    Messages.map(({ Attributes }: Input) => (Attributes as Input)['MessageGroupId']),
    ['g', 'pipit'],
  )
})

test('a queue to which it comes is there', (t) => {
  const { made, exchange, ask } = mock()
  made.arrive?.({ QueueUrl }, { MessageId: '1', Body: 'a' }, exchange)
  t.is(ask('ReceiveMessage', { QueueUrl }).Messages[0].Body, 'a')
  t.throws(() => made.arrive?.({}, { Body: 'a' }, exchange), { message: 'a message arrives at a queue' })
})

test('a queue that was there before is as answers tell of it, as far as it is known here', (t) => {
  const { made, exchange, call, ask } = mock()
  const told = { Attributes: { VisibilityTimeout: '7', Newer: 'x', CreatedTimestamp: '1', DelaySeconds: 'odd' } }
  made.presume?.(call('SendMessage', { QueueUrl }), told, exchange)
  const attributes = ask('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }).Attributes
  t.deepEqual([attributes.VisibilityTimeout, attributes.DelaySeconds, 'Newer' in attributes], ['7', '0', false])
  made.presume?.(call('SendMessage', { QueueUrl }), { Attributes: { VisibilityTimeout: '8' } }, exchange)
  t.is(
    ask('GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] }).Attributes.VisibilityTimeout,
    '7',
    'it is there',
  )
  made.presume?.(call('SendMessage', { QueueUrl: `${QueueUrl}.fifo` }), {}, exchange)
  t.is(
    ask('GetQueueAttributes', { QueueUrl: `${QueueUrl}.fifo`, AttributeNames: ['FifoQueue'] }).Attributes.FifoQueue,
    'true',
  )
  t.notThrows(() => made.presume?.(call('ListQueues', {}), {}, exchange))
})

test('a receive waits for as long as its queue says, wherever it names that', (t) => {
  const { made, exchange, call, ask } = mock()
  ask('CreateQueue', { QueueName: 'q', Attributes: { ReceiveMessageWaitTimeSeconds: '7' } })
  t.is(made.ownWait?.(call('ReceiveMessage', { QueueUrl }), exchange), 7)
  t.is(made.ownWait?.({ ...call('ReceiveMessage', {}), path: QueueUrl }, exchange), 7)
  t.is(made.ownWait?.(call('ReceiveMessage', { QueueUrl: '/000000000000/other' }), exchange), 0)
})

test('what is received too often from a queue goes on to another one, unless it is known where it goes', (t) => {
  const { made, exchange, ask } = mock()
  const dead = { QueueUrl: '/000000000000/dead' }
  made.passOn?.({ QueueUrl }, dead, 1, exchange)
  t.throws(() => ask('GetQueueAttributes', { QueueUrl }), undefined, 'nobody has made it')
  ask('CreateQueue', { QueueName: 'q', Attributes: { VisibilityTimeout: '0' } })
  made.passOn?.({ QueueUrl }, dead, 1, exchange)
  made.passOn?.({ QueueUrl }, { QueueUrl: '/000000000000/other' }, 9, exchange)
  ask('SendMessage', { QueueUrl, MessageBody: 'x' })
  t.is(ask('ReceiveMessage', { QueueUrl }).Messages.length, 1)
  t.deepEqual(ask('ReceiveMessage', { QueueUrl }), {})
  t.is(ask('ReceiveMessage', dead).Messages[0].Body, 'x')
})
