import test from 'ava'
import { Trace } from '../../src/core/trace.ts'
import { logicalCalls } from '../../src/journal/logical-calls.ts'
import { entry } from './exchanges.ts'

const tries = (invocation: string, attempt: number): readonly string[] => [
  'amz-sdk-invocation-id',
  invocation,
  'amz-sdk-request',
  `attempt=${attempt}; max=3`,
]

function executed(messageId: string, isLost: boolean): Trace {
  const trace = new Trace()
  trace.answered('mock', { kind: 'output', output: { MessageId: messageId } })
  if (isLost) trace.fired({ rule: 'lost-ack', effect: 'reset', leg: 'client', phase: 'after-commit', n: 1 })
  return trace
}

test('the tries of one call are one line, which says when something was made twice', (t) => {
  const [call, ...others] = logicalCalls([
    entry(1, { headers: tries('a', 1), ending: 'reset', trace: executed('m-1', true) }),
    entry(2, { headers: tries('a', 2), output: { MessageId: 'm-2' }, trace: executed('m-2', false) }),
  ])
  t.deepEqual(others, [])
  t.is(call?.summary, 'SendMessage orders: #1 reset(after-commit) → #2 200 → DUPLICATE in queue')
  t.true(call?.isDuplicated)
  t.is(call?.attempts.length, 2)
})

test('a queue that recognises the second try has no duplicate', (t) => {
  const [call] = logicalCalls([
    entry(1, { headers: tries('a', 1), ending: 'reset', trace: executed('m-1', true) }),
    entry(2, { headers: tries('a', 2), output: { MessageId: 'm-1' }, trace: executed('m-1', false) }),
  ])
  t.is(call?.summary, 'SendMessage orders: #1 reset(after-commit) → #2 200')
})

test('other calls, other sessions and clients that do not count stand alone', (t) => {
  const calls = logicalCalls([
    entry(1, { headers: tries('a', 1), error: 'OverLimit' }),
    entry(2, { headers: tries('b', 1) }),
    entry(3, { headers: tries('a', 1), session: 'blue' }),
    entry(4, { headers: [] }),
    entry(5, { headers: [] }),
  ])
  t.is(calls.length, 5)
  t.is(calls[0]?.summary, 'SendMessage orders: #1 400 OverLimit')
})
