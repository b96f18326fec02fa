import test from 'ava'
import { faultHeader } from '../../../src/injectors/rules/fault-header.ts'

const fired = (rule: string, effect: string, n: number) =>
  ({ rule, effect, leg: 'client', phase: 'before-commit', n }) as const

test('rules are named with the how-many-th time it was, each once', (t) => {
  t.is(faultHeader([fired('lost-ack', 'reset', 1)]), 'lost-ack;n=1')
  t.is(
    faultHeader([fired('slow', 'latency +5ms', 4), fired('slow', 'bandwidth', 4), fired('lost-ack', 'reset', 1)]),
    'slow;n=4, lost-ack;n=1',
  )
})
