import test from 'ava'
import { Trace } from '../../src/core/trace.ts'
import { Counters } from '../../src/metrics/counters.ts'
import { ended } from '../journal/exchanges.ts'

test('requests are counted by how they ended, and the time they took', (t) => {
  const counters = new Counters()
  counters.add(ended())
  counters.add(ended())
  counters.add(ended({ error: 'OverLimit' }))
  counters.add(ended({ ending: 'reset' }))
  t.deepEqual(
    [...counters.requests.entries()].map(([labels, { value }]) => [labels['status'], value]),
    [
      ['200', 2],
      ['400', 1],
      ['reset', 1],
    ],
  )
  const [[labels, latency] = []] = counters.latencies.entries()
  t.deepEqual(labels, { service: 'sqs', operation: 'SendMessage' })
  t.is(latency?.buckets[1], 4, 'four of 1.2 ms')
})

test('who answered, and which fault happened, are counted apart', (t) => {
  const counters = new Counters()
  const trace = new Trace()
  trace.answered('mock')
  trace.fired({ rule: 'lost', effect: 'reset', leg: 'client', phase: 'after-commit', n: 1 })
  counters.add(ended({ ending: 'reset', trace }))
  const [[labels] = []] = counters.requests.entries()
  t.like(labels, { status: 'reset', source: 'mock', fault: 'lost' })
})
