import test from 'ava'
import fc from 'fast-check'
import type { Call, Outcome } from '../../src/core/exchange.ts'
import type { Ended } from '../../src/core/finished.ts'
import { CompactEntries } from '../../src/journal/compact-entry.ts'
import { type Describe, type Entry, WholeEntry } from '../../src/journal/entry.ts'
import { showEntry } from '../../src/journal/show-entry.ts'
import { describeCall } from '../../src/sqs/describe-call.ts'
import { sqs } from '../../src/sqs/service.ts'
import { reaches } from './exchanges.ts'
import { CALLER, type ProtocolName, speaking, type Spoken } from './spoken.ts'

const describe: Describe = (_service, call, result) => describeCall(call, result)

/** All that is seen of an entry, as a reader of JSON gets it. */
function seen(entry: Entry): unknown {
  const { executions, error, attempt, operation, protocol } = entry
  return JSON.parse(JSON.stringify({ ...showEntry(entry), executions, error, attempt, operation, protocol }))
}

const PROTOCOL = sqs().protocols[0] as Call['protocol']

function kept(ended: Ended, of = new CompactEntries(describe)) {
  return of.entryOf(1, ended)
}

const QueueUrl = 'http://localhost:3000/000000000000/orders'

/** XML and SQS know fewer characters than JSON. */
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 200 })
  .filter((one) => /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]+$/u.test(one))
const attributes = fc.dictionary(
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,10}$/),
  fc.oneof(
    text.map((StringValue) => ({ DataType: 'String', StringValue })),
    fc
      .uint8Array({ minLength: 1, maxLength: 50 })
      .map((bytes) => ({ DataType: 'Binary', BinaryValue: Buffer.from(bytes) })),
  ),
  { maxKeys: 3 },
)
const message = fc.record({ MessageBody: text, MessageAttributes: attributes }, { requiredKeys: ['MessageBody'] })
const all = { AttributeNames: ['All'], MessageAttributeNames: ['All'] }

const calls: fc.Arbitrary<Pick<Spoken, 'operation' | 'input'>> = fc.oneof(
  message.map((input) => ({ operation: 'SendMessage', input: { QueueUrl, ...input } })),
  fc.array(message, { minLength: 1, maxLength: 10 }).map((messages) => ({
    operation: 'SendMessageBatch',
    input: { QueueUrl, Entries: messages.map((one, index) => ({ Id: `e${index}`, ...one })) },
  })),
  fc.nat(9).map((n) => ({ operation: 'ReceiveMessage', input: { QueueUrl, MaxNumberOfMessages: n + 1, ...all } })),
  fc.constant({ operation: 'GetQueueAttributes', input: { QueueUrl, AttributeNames: ['All'] } }),
  fc.constant({ operation: 'ListQueues', input: {} }),
  fc.constant({ operation: 'PurgeQueue', input: { QueueUrl } }),
  text.map((ReceiptHandle) => ({ operation: 'DeleteMessage', input: { QueueUrl, ReceiptHandle } })),
)

const clients: fc.Arbitrary<Partial<Spoken>> = fc.record({
  protocol: fc.constantFrom<ProtocolName>('awsJson1_0', 'awsQuery'),
  mount: fc.constantFrom('', '/sqs', '/s/blue/sqs'),
  caller: fc.constantFrom(CALLER, { ...CALLER, region: 'eu-west-1' }, { ...CALLER }),
  headers: fc.oneof(
    fc.tuple(fc.constantFrom('boto3', 'aws-sdk-js'), fc.uuid(), fc.nat(3)).map(([agent, id, n]) =>
      Object.entries({
        'User-Agent': agent,
        'amz-sdk-invocation-id': id,
        'amz-sdk-request': `attempt=${n + 1}; max=3`,
      }).flat(),
    ),
    fc.constant(['User-Agent', 'curl', 'x-é', 'ÿ']),
  ),
})

test('what is shown of a compact entry is what is shown of a whole one', async (t) => {
  let compact = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(calls, clients), { maxLength: 20 }), async (steps) => {
      const speak = speaking()
      const entries = new CompactEntries(describe)
      await speak({ operation: 'CreateQueue', input: { QueueName: 'orders' } })
      const wanted: { read: () => Entry; whole: WholeEntry }[] = []
      for (const [call, client] of steps) {
        const ended = await speak({ ...call, ...client })
        const one = entries.entryOf(1, ended)
        const isOutput = ended.outcome.kind === 'response' && ended.outcome.result?.kind === 'output'
        if (one === undefined) t.true(!isOutput || ended.sentBytes + ended.exchange.request.body.length > 4000)
        else wanted.push({ read: () => one.read(), whole: new WholeEntry(1, ended, describe) })
      }
      compact += wanted.length
      for (const { read, whole } of wanted) t.deepEqual(seen(read()), seen(whole))
    }),
    { numRuns: 60 },
  )
  t.true(compact > 100)
})

const send: Spoken = { operation: 'SendMessage', input: { QueueUrl, MessageBody: 'hello' } }

async function sent(spoken: Spoken = send): Promise<Ended> {
  const speak = speaking()
  await speak({ operation: 'CreateQueue', input: { QueueName: 'orders' } })
  return speak(spoken)
}

test('an entry is read as often as somebody likes, and weighs a little more than its bytes', async (t) => {
  const ended = await sent()
  const one = kept(ended)
  t.deepEqual(one && seen(one.read()), one && seen(one.read()))
  const bytes = ended.exchange.request.body.length + ended.sentBytes
  t.true((one?.sizeBytes ?? 0) > bytes)
  t.true((one?.sizeBytes ?? 0) < bytes + 500)
})

test('one whose answer is not what the hop has made of the result is kept whole', async (t) => {
  const ended = await sent()
  t.truthy(kept(ended))
  const { outcome } = ended
  if (outcome.kind !== 'response') return t.fail()
  const another: Outcome = { ...outcome, response: { ...outcome.response, body: '{"MessageId":"other"}' } }
  t.is(kept({ ...ended, outcome: another }), undefined)
  const noResult: Outcome = { kind: 'response', response: outcome.response }
  t.is(kept({ ...ended, outcome: noResult }), undefined)
  const lost: Outcome = { kind: 'failure', failure: { ending: 'reset', reason: 'a fault' } }
  t.is(kept({ ...ended, outcome: lost }), undefined)
})

test('one that a fault has hit, that was executed twice, or that has passed a forwarded port is kept whole', async (t) => {
  const hit = await sent()
  hit.exchange.trace.fired({ rule: 'slow', effect: 'latency +5ms', leg: 'mock', phase: 'before-commit', n: 1 })
  t.is(kept(hit), undefined)
  const twice = await sent()
  twice.exchange.trace.answered('mock', twice.exchange.trace.results[0])
  t.is(kept(twice), undefined)
  const passed = await sent()
  passed.exchange.trace.via = ':3001 -> localhost:3000'
  t.is(kept(passed), undefined)
})

test('one of which an injection has made another call is kept whole: it was answered in the words of that', async (t) => {
  for (const change of [{ operation: 'SendMessageBatch' }, { protocol: { ...PROTOCOL } }]) {
    const ended = await sent()
    const { trace } = ended.exchange
    trace.said({ ...(trace.call as Call), ...change }, trace.body as string)
    t.is(kept(ended), undefined)
  }
})

test('the first of a kind weighs what it says of its client, too; so does one that is kept whole', async (t) => {
  const headers = ['x-large', 'x'.repeat(10_000)]
  const speak = speaking()
  const entries = new CompactEntries(describe)
  const list = { operation: 'ListQueues', input: {}, headers }
  const [first, second] = [await speak(list), await speak(list)]
  const [one, other] = [first, second].map((ended) => entries.entryOf(1, ended)?.sizeBytes ?? 0) as [number, number]
  t.true(one > 10_000)
  t.true(other < 1000)
  t.true(new WholeEntry(1, first, describe).sizeBytes > 10_000)
})

test('one that was refused is kept whole', async (t) => {
  t.is(kept(await sent({ operation: 'GetQueueUrl', input: { QueueName: 'nothing' } })), undefined)
})

test('a large one is kept whole: a copy would cost more than it saves', async (t) => {
  t.truthy(kept(await sent({ ...send, input: { QueueUrl, MessageBody: 'x'.repeat(1000) } })))
  t.is(kept(await sent({ ...send, input: { QueueUrl, MessageBody: 'x'.repeat(10_000) } })), undefined)
  t.is(kept(await sent({ ...send, headers: ['x-large', 'x'.repeat(10_000)] })) === undefined, false)
})

test("an entry does not hold the exchange, which knows the client's socket", async (t) => {
  const ended = await sent()
  t.false(reaches(kept(ended), ended.exchange))
})
