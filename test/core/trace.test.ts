import test from 'ava'
import { Trace } from '../../src/core/trace.ts'

test('a trace keeps what fired, in that order', (t) => {
  const trace = new Trace()
  t.deepEqual(trace.faults, [])
  const fault = { rule: 'slow', effect: 'latency +5ms', leg: 'client', phase: 'before-commit', n: 1 } as const
  trace.fired(fault)
  trace.fired({ ...fault, n: 2 })
  t.deepEqual(
    trace.faults.map(({ n }) => n),
    [1, 2],
  )
})

test('traces share nothing', (t) => {
  new Trace().fired({ rule: 'slow', effect: 'reset', leg: 'mock', phase: 'after-commit', n: 1 })
  t.deepEqual(new Trace().faults, [])
})

test('every answer of a hop is known, also the one that nobody gets to see', (t) => {
  const trace = new Trace()
  trace.answered('mock', { kind: 'output', output: { MessageId: 'm-1' } })
  trace.answered('mock', { kind: 'output', output: { MessageId: 'm-2' } })
  t.is(trace.source, 'mock')
  t.is(trace.results.length, 2)
})
