import test from 'ava'
import fc from 'fast-check'
import { mix } from '../../../src/injectors/rules/draw.ts'

test('the same parts draw the same number, other parts another, from 0 up to 1', (t) => {
  fc.assert(
    fc.property(fc.nat(), fc.string(), fc.string(), (seed, one, other) => {
      const drawn = mix(seed, one, other)
      t.true(drawn >= 0 && drawn < 1)
      t.is(mix(seed, one, other), drawn)
      t.not(mix(seed + 1, one, other), drawn)
    }),
  )
})

test('it is spread evenly', (t) => {
  const buckets = Array.from({ length: 10 }, () => 0)
  for (let i = 0; i < 10_000; i++) (buckets[Math.floor(mix(1, i) * 10)] as number)++
  for (const count of buckets) t.true(count > 850 && count < 1150, String(buckets))
})

test('it is the same in every version: an export of today is fired tomorrow', (t) => {
  t.is(mix(42, 'lost-ack', '9a83ae3e1a3b5b35#1', ''), 0.3477681373007495)
})
