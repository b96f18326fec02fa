import test from 'ava'
import { Trace } from '../../src/core/trace.ts'
import { CallWatch } from '../../src/journal/call-watch.ts'
import { entry, type Wanted } from './exchanges.ts'

let seq = 0

/** A try of a call, hit by a fault of this effect, or by none. */
function attempt(invocation: string, n: number, effect?: string, more: Wanted & { made?: string } = {}) {
  const { made, ...wanted } = more
  const trace = new Trace()
  if (made !== undefined) trace.answered('mock', { kind: 'output', output: { MessageId: made } })
  if (effect !== undefined) trace.fired({ rule: 'rule', effect, leg: 'client', phase: 'after-commit', n })
  const headers = ['amz-sdk-invocation-id', invocation, 'amz-sdk-request', `attempt=${n}; max=3`]
  return entry(++seq, { headers, trace, ...wanted })
}

test('a call that a fault has hit is told when a later try has got through', (t) => {
  const calls = new CallWatch()
  t.is(calls.add(attempt('a', 1, 'reset', { ending: 'reset', made: 'm-1' })), undefined)
  t.is(
    calls.add(attempt('a', 2, undefined, { made: 'm-2' })),
    'SendMessage orders: #1 reset(after-commit) → #2 200 → DUPLICATE in queue',
  )
})

test('one that was hit each time is told with its last try', (t) => {
  const calls = new CallWatch()
  const lost = { ending: 'close' } as const
  t.is(calls.add(attempt('a', 1, 'close', lost)), undefined)
  t.is(calls.add(attempt('a', 2, 'close', lost)), undefined)
  t.is(
    calls.add(attempt('a', 3, 'close', lost)),
    'SendMessage orders: #1 close(after-commit) → #2 close(after-commit) → #3 close(after-commit)',
  )
})

test('an answer that no fault has made ends it, too', (t) => {
  const calls = new CallWatch()
  calls.add(attempt('a', 1, 'reset', { ending: 'reset', operation: 'DeleteMessage' }))
  t.is(
    calls.add(attempt('a', 2, undefined, { operation: 'DeleteMessage', error: 'ReceiptHandleIsInvalid' })),
    'DeleteMessage orders: #1 reset(after-commit) → #2 400 ReceiptHandleIsInvalid',
  )
})

test('calls without faults, of other sessions and of clients that do not count are no stories', (t) => {
  const calls = new CallWatch()
  t.is(calls.add(attempt('a', 1)), undefined)
  t.is(calls.add(attempt('a', 2)), undefined)
  t.is(calls.add(attempt('b', 1, 'reset', { ending: 'reset' })), undefined)
  t.is(calls.add(attempt('b', 2, undefined, { session: 'blue' })), undefined)
  t.is(calls.add(attempt('c', 1, 'reset', { ending: 'reset', headers: [] })), undefined)
})

test('calls that nobody goes on with are forgotten, the oldest first', (t) => {
  const calls = new CallWatch()
  for (let i = 0; i < 1001; i++) calls.add(attempt(`call-${i}`, 1, 'reset', { ending: 'reset' }))
  t.is(calls.add(attempt('call-0', 2)), undefined)
  t.not(calls.add(attempt('call-1', 2)), undefined)
})

test('a client that never stops trying is not followed for ever', (t) => {
  const calls = new CallWatch()
  const told = Array.from({ length: 150 }, (_, i) => calls.add(attempt('a', i + 1, 'latency +5ms')))
  t.is(told.filter((story) => story !== undefined).length, 99)
})
