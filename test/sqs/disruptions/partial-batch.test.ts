import test from 'ava'
import type { Call, Exchange } from '../../../src/core/exchange.ts'
import { sqs as service } from '../../../src/sqs/service.ts'
import { exchangeOf, sqsClient } from '../sqs-client.ts'
import { bodies, complaint, receive, rule, send } from './rules.ts'

const start = () => {
  const sqs = sqsClient()
  return { sqs, QueueUrl: sqs.queue('orders') }
}

const entries = (...ids: readonly string[]) => ids.map((Id) => ({ Id, MessageBody: `body ${Id}` }))
const idsOf = (each: readonly { readonly Id: string }[] | undefined): string[] => (each ?? []).map(({ Id }) => Id)

for (const protocol of ['awsJson1_0', 'awsQuery'] as const) {
  test(`entries fail and the others are sent, in ${protocol}`, (t) => {
    const { sqs, QueueUrl } = start()
    const two = rule('partialBatch', { entries: ['b', 'd', 'elsewhere'] })
    const input = { QueueUrl, Entries: entries('a', 'b', 'c', 'd') }
    const output = sqs.ok('SendMessageBatch', input, { protocol, ...two() })
    t.deepEqual(idsOf(output.Successful), ['a', 'c'])
    const failure = {
      Code: 'InternalError',
      Message: 'We encountered an internal error. Please try again.',
      SenderFault: false,
    }
    t.deepEqual(output.Failed as readonly unknown[], [
      { Id: 'b', ...failure },
      { Id: 'd', ...failure },
    ])
    t.deepEqual(bodies(receive(sqs, QueueUrl, 10)), ['body a', 'body c'])
    t.deepEqual(two.acts, ['partialBatch 2 of 4 InternalError'])
  })
}

test('both protocols spell it as clients read it', (t) => {
  const output = {
    Failed: [{ Id: 'b', Code: 'InternalError', Message: 'Please try again.', SenderFault: false }],
  }
  const { protocols } = service()
  const spelt = protocols.map((protocol) => {
    const call: Call = { protocol, operation: 'SendMessageBatch', input: {}, path: '/' }
    const { id, request }: Exchange = exchangeOf({}, 0)
    return String(protocol.encodeResponse(call, { kind: 'output', output }, id, request).body)
  })
  t.regex(
    spelt[0] ?? '',
    /"Failed":\[\{"Id":"b","Code":"InternalError","Message":"Please try again\.","SenderFault":false\}\]/,
  )
  t.regex(
    spelt[1] ?? '',
    /<BatchResultErrorEntry><Id>b<\/Id><SenderFault>false<\/SenderFault><Code>InternalError<\/Code><Message>Please try again\.<\/Message><\/BatchResultErrorEntry>/,
  )
})

test('so many entries are drawn, by their place', (t) => {
  const { sqs, QueueUrl } = start()
  const last = rule('partialBatch', 2, (key) => 1 / (1 + Number(key.slice(6))))
  const output = sqs.ok('SendMessageBatch', { QueueUrl, Entries: entries('x', 'y', 'z') }, last())
  t.deepEqual(idsOf(output.Failed), ['y', 'z'])
  t.deepEqual(idsOf(output.Successful), ['x'])
})

test('all may fail, which is an answer like every other', (t) => {
  const { sqs, QueueUrl } = start()
  const output = sqs.ok('SendMessageBatch', { QueueUrl, Entries: entries('a', 'b') }, rule('partialBatch', 10)())
  t.deepEqual(Object.keys(output), ['Failed'])
})

test('deletes and changes of visibility fail so, too: the message is still there', (t) => {
  const { sqs, QueueUrl } = start()
  send(sqs, QueueUrl, 2)
  const Entries = receive(sqs, QueueUrl, 2).map(({ ReceiptHandle }, i) => ({ Id: `e${i}`, ReceiptHandle }))
  const first = rule('partialBatch', { entries: ['e0'] })
  const changed = sqs.ok(
    'ChangeMessageVisibilityBatch',
    { QueueUrl, Entries: Entries.map((entry) => ({ ...entry, VisibilityTimeout: 5 })) },
    first(),
  )
  t.deepEqual([idsOf(changed.Successful), idsOf(changed.Failed)], [['e1'], ['e0']])
  const deleted = sqs.ok('DeleteMessageBatch', { QueueUrl, Entries }, first())
  t.deepEqual([idsOf(deleted.Successful), idsOf(deleted.Failed)], [['e1'], ['e0']])
  sqs.clock.advance(30_000)
  t.deepEqual(bodies(receive(sqs, QueueUrl, 10)), ['m0'])
})

test('a known error brings its code, its text and its fault; the fault may be said', (t) => {
  const { sqs, QueueUrl } = start()
  const failure = (value: unknown) =>
    sqs.ok('SendMessageBatch', { QueueUrl, Entries: entries('a') }, rule('partialBatch', value)()).Failed[0]
  t.deepEqual(failure({ code: 'KmsThrottled' }), {
    Id: 'a',
    Code: 'KMS.ThrottlingException',
    Message: 'KMS throttled the request.',
    SenderFault: true,
  })
  t.like(failure({ code: 'RequestThrottled', senderFault: false }), { Code: 'RequestThrottled', SenderFault: false })
  t.like(failure({ code: 'ServiceUnavailable' }), { Code: 'ServiceUnavailable', SenderFault: false })
  t.like(failure({ code: 'Unheard.Of', senderFault: true }), { Code: 'Unheard.Of', SenderFault: true })
})

test('what is no batch, or has no such entry, is carried out', (t) => {
  const { sqs, QueueUrl } = start()
  const none = rule('partialBatch', { entries: ['none'] })
  sqs.ok('SendMessage', { QueueUrl, MessageBody: 'x' }, none())
  t.is(sqs.ok('SendMessageBatch', { QueueUrl, Entries: entries('a') }, none()).Failed, undefined as never)
  t.deepEqual(none.acts, [])
})

test('a batch that is refused as a whole is refused', (t) => {
  const { sqs, QueueUrl } = start()
  const one = rule('partialBatch')
  t.is(sqs.error('SendMessageBatch', { QueueUrl, Entries: [] }, one()).shape, 'EmptyBatchRequest')
  t.deepEqual(one.acts, [])
})

test('what it takes', (t) => {
  t.is(complaint('partialBatch', 0), 'expected a whole number from 1 to 10')
  t.is(complaint('partialBatch', 'a'), 'expected how many entries of a batch fail, or a list of their Ids')
  t.is(complaint('partialBatch', { entries: ['a', 'b'] }), undefined)
  t.is(complaint('partialBatch', { code: 'a b' }), 'expected the code or the shape of an error')
})
