import test from 'ava'
import * as v from 'valibot'
import { VirtualClock } from '../../../src/core/clock.ts'
import { defineDisruption } from '../../../src/sqs/disruptions/disruption.ts'

test('a disruption is what it was defined as, and its policy has the arguments that its schema gives', (t) => {
  const kind = defineDisruption({
    name: 'late',
    summary: 'late',
    args: v.pipe(v.unknown(), v.transform(Number)),
    example: '5',
    policy: (ms, { draw }) => ({ swallowed: (count) => t.deepEqual([ms, draw('x'), count], [5, 0.5, 2]) }),
  })
  const chance = { draw: () => 0.5, acted: () => {}, clock: new VirtualClock() }
  kind.policy(v.parse(kind.args, kind.example), chance).swallowed?.(2)
})
