import test from 'ava'
import { Trace } from '../../src/core/trace.ts'
import { Counters } from '../../src/metrics/counters.ts'
import { sqs } from '../../src/sqs/service.ts'
import { ended } from '../journal/exchanges.ts'

function executed(): Trace {
  const trace = new Trace()
  trace.answered('mock', { kind: 'output', output: { MessageId: 'm' } })
  return trace
}

test('requests are counted by how they ended, and the time they took', (t) => {
  const counters = new Counters(() => undefined)
  counters.add(ended())
  counters.add(ended())
  counters.add(ended({ error: 'OverLimit' }))
  counters.add(ended({ ending: 'reset' }))
  t.deepEqual(
    [...counters.requests.values()].map(({ labels, value }) => [labels['status'], value]),
    [
      ['200', 2],
      ['400', 1],
      ['reset', 1],
    ],
  )
  const [latency] = counters.latencies.values()
  t.is(latency?.buckets[1], 4, 'four of 1.2 ms')
})

test('a service counts what was executed, also where the answer was lost', (t) => {
  const counters = new Counters(() => sqs())
  counters.add(ended({ ending: 'reset', trace: executed() }))
  const sent = [...(counters.measures.get('aws_sqs_number_of_messages_sent_total')?.values() ?? [])]
  t.deepEqual(sent, [{ labels: { region: 'us-east-1', account: '000000000000', queue: 'orders' }, value: 1 }])
})

test('a client that makes up queues does not fill the memory', (t) => {
  const counters = new Counters(() => sqs())
  for (let i = 0; i < 10_100; i++)
    counters.add(ended({ input: { QueueUrl: `q${i}`, MessageBody: 'a' }, trace: executed() }))
  t.is(counters.measures.get('aws_sqs_number_of_messages_sent_total')?.size, 10_000)
})
