import test from 'ava'
import type { Outcome } from '../../../src/core/exchange.ts'
import { faultHeader, withFaultHeader } from '../../../src/injectors/rules/fault-header.ts'

const fired = (rule: string, effect: string, n: number) =>
  ({ rule, effect, leg: 'client', phase: 'before-commit', n }) as const

test('rules are named with the how-many-th time it was, each once', (t) => {
  t.is(faultHeader([fired('lost-ack', 'reset', 1)]), 'lost-ack;n=1')
  t.is(
    faultHeader([fired('slow', 'latency +5ms', 4), fired('slow', 'bandwidth', 4), fired('lost-ack', 'reset', 1)]),
    'slow;n=4, lost-ack;n=1',
  )
})

test('an answer says it in a header, where it has met one; a failure has no head', (t) => {
  const answer: Outcome = { kind: 'response', response: { status: 200, rawHeaders: ['A', 'b'], body: '' } }
  t.is(withFaultHeader(answer, []), answer)
  t.like(withFaultHeader(answer, [fired('slow', 'latency', 1)]), {
    response: { rawHeaders: ['A', 'b', 'x-pipit-fault', 'slow;n=1'] },
  })
  const failure: Outcome = { kind: 'failure', failure: { ending: 'reset', reason: 'a fault' } }
  t.is(withFaultHeader(failure, [fired('slow', 'latency', 1)]), failure)
})
